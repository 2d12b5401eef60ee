using StaticNet.Execution;

namespace StaticNet.Cuda;

internal sealed partial class CudaNetwork
{
    private const string Before = "The work before";

    private long _tickets;

    /// <summary>The ticket of the batch that was sent ahead; zero when there is none.</summary>
    private long _ahead;

    /// <summary>One training step: forward in training mode, loss, gradients, update.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="step">What random numbers depend on.</param>
    /// <param name="optimizer">Changes the parameters.</param>
    /// <param name="ticket">Of the batch when it was sent ahead.</param>
    /// <param name="meanwhile">Called when the device has all it needs for the step.</param>
    /// <returns>The weighted sum of the samples' losses, with penalties.</returns>
    public double TrainStep(in HostBatch batch, CudaStep step, Optimizer optimizer, long ticket, Action? meanwhile)
    {
        lock (_gate)
        {
            Begin();
            var update = Place(optimizer);
            update.Bring();
            var (program, slot, layout) = ticket != 0 && ticket == _ahead
                ? BeginAhead(batch.Batch, step, optimizer)
                : BeginTraining(ProgramKind.Train, batch, step, optimizer, slots: meanwhile is null ? 1 : 2);
            Parameters.Change();
            Gradients.Overwrite();
            update.Change();
            GiveStep(program, slot, layout, update);
            return FinishStep(program, slot, layout, meanwhile);
        }
    }

    /// <summary>Takes steps one after another on the batch of the last one, which the device still has, and waits for the last.</summary>
    /// <param name="steps">What is different from step to step.</param>
    /// <param name="batch">Samples of the last step's batch.</param>
    /// <param name="optimizer">Changes the parameters.</param>
    /// <returns>The loss of the last step.</returns>
    public double RepeatSteps(IReadOnlyCollection<CudaStep> steps, int batch, Optimizer optimizer)
    {
        lock (_gate)
        {
            Begin();
            var (program, slot, update) = (Program(ProgramKind.Train), _training.Present, Place(optimizer));
            var layout = Layout(program, batch);
            update.Bring();
            Parameters.Change();
            Gradients.Overwrite();
            update.Change();
            using var blocks = new PinnedMemory(_context, (long)steps.Count * StepBlock.Bytes);
            var block = blocks.Address;
            foreach (var step in steps)
            {
                optimizer.BeginStep();
                StepBlock.WriteStep(block, step);
                StepBlock.WriteOptimizer(block, optimizer);
                _work.CopyIn(block, slot.Device + (ulong)layout.Step.Offset, StepBlock.Bytes);
                GiveStep(program, slot, layout, update);
                block += StepBlock.Bytes;
            }

            return FinishStep(program, slot, layout);
        }
    }

    /// <summary>Sends a batch for the next step while one is worked on.</summary>
    /// <returns>A ticket; zero when there is no room for it.</returns>
    public long SendAhead(in HostBatch batch)
    {
        lock (_gate)
        {
            _context.Bind();
            var program = Program(ProgramKind.Train);
            var layout = Layout(program, batch.Batch);
            if (!_training.Holds(program.AreaBytes(batch.Batch), layout.Bytes, slots: 2))
            {
                return 0;
            }

            var slot = _training.Other;
            slot.Wait(Before);
            slot.Send(BatchCopies.Write(_info, batch, layout, slot.Pinned), _copies, _work);
            return _ahead = ++_tickets;
        }
    }

    /// <summary>Applies the gradients in the gradient arena.</summary>
    public void Step(Optimizer optimizer)
    {
        lock (_gate)
        {
            Begin();
            Gradients.Bring();
            var update = Place(optimizer);
            update.Bring();
            _small.Wait(Before);
            StepBlock.WriteOptimizer(_small.Pinned, optimizer);
            _small.Send(StepBlock.OptimizerPart, _work, _work);
            Parameters.Change();
            update.Change();
            update.Update(_work, Parameters.Address, Gradients.Address, _small.Device);
            _small.Leave(_work);
            _small.Wait($"{optimizer.GetType().Name} on {_info.Name}");
        }
    }

    /// <summary>Makes room for a batch and sends it.</summary>
    private (PreparedProgram Program, BatchSlot Slot, BatchLayout Layout) BeginTraining(
        ProgramKind kind, in HostBatch batch, CudaStep step, Optimizer? optimizer, int slots = 1)
    {
        _ahead = 0;
        var program = Program(kind);
        var layout = Layout(program, batch.Batch);
        var floats = program.AreaBytes(batch.Batch);
        if (kind == ProgramKind.Record)
        {
            floats = Math.Max(floats, Program(ProgramKind.Backward).AreaBytes(batch.Batch));
        }

        Reserve(_training, floats, layout.Bytes, slots);
        var slot = _training.First();
        slot.Wait(Before);
        StepBlock.WriteStep(slot.Pinned, step);
        if (optimizer is not null)
        {
            StepBlock.WriteOptimizer(slot.Pinned, optimizer);
        }

        slot.Send(layout.Step.With(BatchCopies.Write(_info, batch, layout, slot.Pinned)), _work, _work);
        return (program, slot, layout);
    }

    /// <summary>Goes on with a batch that was sent ahead: only the numbers of the step are missing.</summary>
    private (PreparedProgram Program, BatchSlot Slot, BatchLayout Layout) BeginAhead(int batch, CudaStep step, Optimizer optimizer)
    {
        _ahead = 0;
        var program = Program(ProgramKind.Train);
        var layout = Layout(program, batch);
        var slot = _training.Next();
        StepBlock.WriteStep(slot.Pinned, step);
        StepBlock.WriteOptimizer(slot.Pinned, optimizer);
        slot.Send(layout.Step, _work, _work);
        return (program, slot, layout);
    }

    /// <summary>Gives the stream a step whose batch is on its way.</summary>
    private void GiveStep(PreparedProgram program, BatchSlot slot, BatchLayout layout, CudaOptimizer update)
    {
        var key = new GraphKey(ProgramKind.Train, layout.Batch, slot, update);
        if (!_training.Graphs.TryLaunch(_work, key))
        {
            RunStep(key, program, slot, layout);
        }
    }

    /// <summary>Waits for a step and adds up its loss.</summary>
    private double FinishStep(PreparedProgram program, BatchSlot slot, BatchLayout layout, Action? meanwhile = null)
    {
        slot.Leave(_work);
        meanwhile?.Invoke();
        slot.Wait(program.Doing);
        return _penalties.Of(slot.Pinned + (nint)layout.Penalties.Offset) + BatchCopies.Losses(layout, slot.Pinned);
    }

    private void RunStep(GraphKey key, PreparedProgram program, BatchSlot slot, BatchLayout layout) =>
        _training.Graphs.Run(_work, key, () =>
        {
            var step = slot.Device + (ulong)layout.Step.Offset;
            _penalties.Launch(_work, Parameters.Address, slot.Device + (ulong)layout.Penalties.Offset);
            program.Launch(_work, new(Parameters.Address, Gradients.Address, _training.Address, slot, layout));
            key.Optimizer!.Update(_work, Parameters.Address, Gradients.Address, step);
            slot.Fetch(layout.Penalties, _work);
            slot.Fetch(layout.Part(CudaSpace.Losses), _work);
        });

    /// <summary>An optimizer's part on the device. Parts of optimizers that nobody has any more go.</summary>
    private CudaOptimizer Place(Optimizer optimizer)
    {
        if (optimizer.OnDevice is { } known)
        {
            return known;
        }

        if (_optimizers.Exists(other => other.Owner is null))
        {
            _training.Graphs.Clear();
            foreach (var forgotten in _optimizers.Where(other => other.Owner is null))
            {
                forgotten.Dispose();
            }

            _optimizers.RemoveAll(other => other.Owner is null);
        }

        var placed = new CudaOptimizer(_context, _work, _gate, _info, optimizer);
        _optimizers.Add(placed);
        return optimizer.OnDevice = placed;
    }
}
