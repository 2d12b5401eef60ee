using StaticNet.PtxVm.Execution.Operations;

namespace StaticNet.PtxVm.Decoding;

/// <summary>The types of C# that stand for the types and roundings of PTX when operations are closed over them.</summary>
internal static class ClrTypes
{
    private static readonly Dictionary<string, Type> ByName = new()
    {
        ["b8"] = typeof(byte),
        ["u8"] = typeof(byte),
        ["s8"] = typeof(sbyte),
        ["b16"] = typeof(ushort),
        ["u16"] = typeof(ushort),
        ["s16"] = typeof(short),
        ["b32"] = typeof(uint),
        ["u32"] = typeof(uint),
        ["s32"] = typeof(int),
        ["b64"] = typeof(ulong),
        ["u64"] = typeof(ulong),
        ["s64"] = typeof(long),
        ["f16"] = typeof(Half),
        ["f32"] = typeof(float),
        ["f64"] = typeof(double),
        ["rni"] = typeof(ToNearestEven),
        ["rzi"] = typeof(TowardZero),
        ["rmi"] = typeof(Down),
        ["rpi"] = typeof(Up),
    };

    private static readonly Dictionary<Type, Type> TwiceAsWide = new()
    {
        [typeof(ushort)] = typeof(uint),
        [typeof(short)] = typeof(int),
        [typeof(uint)] = typeof(ulong),
        [typeof(int)] = typeof(long),
        [typeof(ulong)] = typeof(UInt128),
        [typeof(long)] = typeof(Int128),
    };

    /// <summary>Returns the type that a modifier stands for.</summary>
    public static Type Of(string name) => ByName[name];

    /// <summary>Returns the type of an argument of an operation: a modifier's by name, <c>wide</c>, or an operation.</summary>
    public static Type Argument(string name, IReadOnlyDictionary<string, string> modifiers) =>
        name == "wide" ? TwiceAsWide[Of(modifiers["type"])]
        : modifiers.TryGetValue(name, out var word) ? Of(word)
        : Operation(name, 0);

    /// <summary>Returns the operation of a name with that many arguments.</summary>
    public static Type Operation(string name, int arity) =>
        typeof(Add<>).Assembly.GetType($"{typeof(Add<>).Namespace}.{name}{(arity > 0 ? $"`{arity}" : "")}", throwOnError: true)!;
}
