namespace StaticNet.Generators.Backends.Ptx;

/// <content>Branches, loops, and what a warp does together.</content>
internal sealed partial class PtxWriter
{
    /// <summary>Instructions under a condition, each by itself: for a few of them, where a branch would cost more.</summary>
    public void Guarded(PtxValue condition, Action body, bool when = true)
    {
        Require(PtxType.Condition, condition);
        if (_guard is not null)
        {
            throw new InvalidOperationException("A guard is inside another: combine the conditions.");
        }

        (_guard, _guardWhen) = (condition, when);
        body();
        _guard = null;
    }

    /// <summary>A store, say, under a condition if there is one.</summary>
    public void GuardedIfAny(PtxValue? condition, Action body)
    {
        if (condition is { } guard)
        {
            Guarded(guard, body);
        }
        else
        {
            body();
        }
    }

    /// <summary>Ends the thread where the condition holds.</summary>
    public void ExitIf(PtxValue condition) => Guarded(condition, () => Emit("exit"));

    /// <summary>A part that threads skip for which the condition does not hold.</summary>
    public void If(PtxValue condition, Action body)
    {
        var end = Label("end");
        Guarded(condition, () => Emit("bra", end), when: false);
        Scope(body);
        Mark(end);
    }

    /// <summary>
    /// for (i = from; i &lt; end; i += step). The turns may be fewer for some threads than for others unless the body has a barrier.
    /// </summary>
    public void For(PtxValue from, PtxValue end, PtxValue step, Action<PtxValue> body) => Turns(Variable(from), end, step, 1, body);

    /// <summary>
    /// The same loop with several turns at once as long as there are so many, so that their reads are under way together. The end and the step
    /// are such that no number on the way is too large for a word.
    /// </summary>
    public void ForSeveral(PtxValue from, PtxValue end, int step, int turns, Action<PtxValue> body)
    {
        var (i, others) = (Variable(from), (turns - 1) * step);
        if (turns > 1)
        {
            Turns(i, Subtract(MaximumWord(end, others), others), step, turns, body);
        }

        Turns(i, end, step, 1, body);
    }

    private void Turns(PtxValue i, PtxValue end, PtxValue step, int turns, Action<PtxValue> body)
    {
        var (head, exit) = (Label("loop"), Label("done"));
        Mark(head);
        Guarded(Compare(PtxComparison.GreaterOrEqual, i, end), () => Emit("bra", exit));
        Scope(() =>
        {
            for (var turn = 0; turn < turns; turn++)
            {
                body(Add(i, Multiply(step, turn)));
            }
        });

        Emit("add.u32", i, i, Multiply(step, turns));
        Emit("bra", head);
        Mark(exit);
    }

    /// <summary>The value of the lane whose number differs in the bits of <paramref name="mask"/>, for all 32 lanes of a warp.</summary>
    public PtxValue ShuffleXor(PtxValue value, int mask)
    {
        if (value.Type == PtxType.Float)
        {
            return Bits(ShuffleXor(Bits(value), mask));
        }

        Require(PtxType.Word, value);
        var other = Fresh(PtxType.Word);
        Emit("shfl.sync.bfly.b32", other, value, mask, 31, "0xffffffff");
        return other;
    }

    private string Label(string name) => $"{name}{_labels++}";

    private void Mark(string label)
    {
        if (_guard is not null)
        {
            throw new InvalidOperationException("A guarded part has no labels: use If.");
        }

        _text.Append(label).Append(":\n");
    }
}
