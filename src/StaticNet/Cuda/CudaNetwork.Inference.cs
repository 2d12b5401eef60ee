using System.Diagnostics;
using StaticNet.Execution;

namespace StaticNet.Cuda;

internal sealed partial class CudaNetwork
{
    /// <summary>Bytes of memory that inference takes, where it can do with less than all samples at once.</summary>
    private const long InferenceBytes = 64 << 20;

    /// <summary>
    /// Runs <see cref="ProgramKind.Forward"/>, <see cref="ProgramKind.Predict"/> or <see cref="ProgramKind.Evaluate"/>. Of a large batch, some
    /// samples are worked on while the next arrive.
    /// </summary>
    public void Infer(ProgramKind kind, in HostBatch batch)
    {
        if (batch.Batch == 0)
        {
            return;
        }

        lock (_gate)
        {
            Begin();
            var program = Program(kind);
            var most = Math.Min(batch.Batch, SamplesAtOnce(program));
            Reserve(program, most, slots: most < batch.Batch ? 2 : 1);
            var (before, slotBefore) = (default(HostBatch), default(BatchSlot));
            for (var first = 0; first < batch.Batch; first += most)
            {
                var part = batch.Part(_info, first, Math.Min(most, batch.Batch - first));
                var slot = most < batch.Batch ? _inference.Next() : _inference.First();
                Give(program, part, slot, slotBefore is null ? _work : _copies);
                Take(program, before, slotBefore);
                (before, slotBefore) = (part, slot);
            }

            Take(program, before, slotBefore);
        }
    }

    /// <summary>Makes the work areas for a batch size now.</summary>
    public void Reserve(int batch)
    {
        lock (_gate)
        {
            Begin();
            foreach (var kind in (ReadOnlySpan<ProgramKind>)[ProgramKind.Forward, ProgramKind.Predict])
            {
                var program = Program(kind);
                var most = Math.Min(batch, SamplesAtOnce(program));
                Reserve(program, most, slots: most < batch ? 2 : 1);
            }
        }
    }

    /// <summary>
    /// Runs <see cref="ProgramKind.Forward"/> again and again on one batch, all samples at once, with the inputs on the device before the clock
    /// starts and the outputs left there until it has stopped.
    /// </summary>
    /// <param name="batch">The samples, and where the output goes.</param>
    /// <param name="before">Runs before the clock starts: the first loads kernels, the second is captured.</param>
    /// <param name="runs">Runs that are timed.</param>
    /// <returns>From giving the device the first of these until it is done with the last.</returns>
    public TimeSpan TimeForward(in HostBatch batch, int before, int runs)
    {
        lock (_gate)
        {
            Begin();
            var program = Program(ProgramKind.Forward);
            Reserve(program, batch.Batch, slots: 1);
            var (layout, slot) = (Layout(program, batch.Batch), _inference.First());
            slot.Wait(Before);
            slot.Send(BatchCopies.Write(_info, batch, layout, slot.Pinned), _work, _work);
            Repeat(program, slot, layout, before);
            var start = Stopwatch.GetTimestamp();
            Repeat(program, slot, layout, runs);
            var elapsed = Stopwatch.GetElapsedTime(start);
            slot.Fetch(layout.Part(CudaSpace.Output), _work);
            slot.Leave(_work);
            slot.Wait(program.Doing);
            BatchCopies.Read(_info, batch, layout, slot.Pinned);
            return elapsed;
        }
    }

    /// <summary>Gives the device runs of a program whose results stay there, and waits for the last.</summary>
    private void Repeat(PreparedProgram program, BatchSlot slot, BatchLayout layout, int runs)
    {
        var key = new GraphKey(program.Kind, layout.Batch, slot, Stays: true);
        for (var run = 0; run < runs; run++)
        {
            if (!_inference.Graphs.TryLaunch(_work, key))
            {
                Run(key, program, slot, layout, _inference);
            }
        }

        slot.Leave(_work);
        slot.Wait(program.Doing);
    }

    private void Reserve(PreparedProgram program, int batch, int slots) =>
        Reserve(_inference, program.AreaBytes(batch), Layout(program, batch).Bytes, slots);

    /// <summary>Gives the device a part of a batch, sent by a stream that has nothing else to do.</summary>
    private void Give(PreparedProgram program, HostBatch part, BatchSlot slot, CudaStream by)
    {
        slot.Wait(Before);
        var layout = Layout(program, part.Batch);
        slot.Send(BatchCopies.Write(_info, part, layout, slot.Pinned), by, _work);
        var key = new GraphKey(program.Kind, part.Batch, slot);
        if (!_inference.Graphs.TryLaunch(_work, key))
        {
            Run(key, program, slot, layout, _inference);
        }

        slot.Leave(_work);
    }

    /// <summary>Runs a program that makes no gradients, and brings back what it makes unless that is to stay.</summary>
    private void Run(GraphKey key, PreparedProgram program, BatchSlot slot, BatchLayout layout, WorkArea area) =>
        area.Graphs.Run(_work, key, () =>
        {
            program.Launch(_work, new(Parameters.Address, Gradients.Address, area.Address, slot, layout));
            if (!key.Stays)
            {
                slot.Fetch(layout.Part(CudaSpace.Losses), _work);
                slot.Fetch(layout.Part(CudaSpace.Output), _work);
            }
        });

    /// <summary>Waits for a part and hands it out.</summary>
    private void Take(PreparedProgram program, in HostBatch part, BatchSlot? slot)
    {
        if (slot is not null)
        {
            slot.Wait(program.Doing);
            BatchCopies.Read(_info, part, Layout(program, part.Batch), slot.Pinned);
        }
    }

    private int SamplesAtOnce(PreparedProgram program)
    {
        var bytes = program.AreaBytes(2) - program.AreaBytes(1) + ((long)(_info.InputSizes.Sum() + _info.OutputSize) * sizeof(float));
        return ParameterLayout.Lanes * (int)Math.Clamp(InferenceBytes / (ParameterLayout.Lanes * bytes), 1, int.MaxValue / ParameterLayout.Lanes);
    }
}
