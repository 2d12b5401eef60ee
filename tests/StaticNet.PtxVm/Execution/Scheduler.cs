using StaticNet.PtxVm.Checks;

namespace StaticNet.PtxVm.Execution;

/// <summary>Gives warps their turn, in the order that the options ask for.</summary>
internal sealed class Scheduler
{
    /// <summary>Long enough not to matter, short enough that a warp that waits for another one's store does not wait for ever.</summary>
    private const int LongTurn = 20_000;

    private readonly Grid grid;
    private readonly Random random;
    private readonly int[] order;
    private long executed;

    public Scheduler(Grid grid)
    {
        this.grid = grid;
        random = new(grid.Options.Seed);
        order = Enumerable.Range(0, (int)grid.Extent.Count).Where(index => grid.Options.Ctas?.Invoke(grid.Extent.At(index)) ?? true).ToArray();
        if (grid.Options.Order == ScheduleOrder.Reverse)
            Array.Reverse(order);
        else if (IsDrawn)
            random.Shuffle(order);
    }

    private bool IsDrawn => grid.Options.Order is ScheduleOrder.Random or ScheduleOrder.Interleaved;

    public void Run()
    {
        var residents = new List<Cta>();
        try
        {
            var next = 0;
            for (; next < Math.Min(grid.Options.ResidentCtas, order.Length); next++)
            {
                residents.Add(new(grid));
                residents[next].Begin(order[next]);
            }

            var alive = residents.ToList();
            while (alive.Count > 0)
            {
                foreach (var cta in IsDrawn ? Turns(alive) : alive.ToArray())
                {
                    RunWarps(cta);
                    if (!cta.IsDone)
                        continue;

                    if (next < order.Length)
                        cta.Begin(order[next++]);
                    else
                        alive.Remove(cta);
                }
            }
        }
        finally
        {
            residents.ForEach(cta => cta.Dispose());
        }
    }

    private T[] Turns<T>(IReadOnlyCollection<T> all)
    {
        var turns = all.ToArray();
        if (IsDrawn)
            random.Shuffle(turns);
        else if (grid.Options.Order == ScheduleOrder.Reverse)
            Array.Reverse(turns);

        return turns;
    }

    /// <summary>Gives every warp of a CTA that can run a turn.</summary>
    private void RunWarps(Cta cta)
    {
        foreach (var warp in Turns(cta.Warps))
        {
            if (warp.State != WarpState.Running)
                continue;

            executed += warp.Run(grid.Options.Order == ScheduleOrder.Interleaved ? random.Next(1, 40) : LongTurn);
            if (executed > grid.Options.InstructionBudget)
                throw warp.Fault(FaultKind.NoProgress, 0, $"the launch has not ended after {executed} instructions");
        }

        cta.CompleteBarriers();
        if (!cta.CanRun && !cta.IsDone)
            throw cta.Deadlock();
    }
}
