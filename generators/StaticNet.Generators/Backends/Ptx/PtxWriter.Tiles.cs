namespace StaticNet.Generators.Backends.Ptx;

/// <content>What products need besides.</content>
internal sealed partial class PtxWriter
{
    /// <summary>register ← register + value.</summary>
    public void Increase(PtxValue register, PtxValue value)
    {
        Require(PtxType.Word, register, value);
        Emit("add.u32", register, register, value);
    }
}
