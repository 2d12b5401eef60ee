using StaticNet.Execution;

namespace StaticNet.Cuda;

internal sealed partial class CudaNetwork
{
    /// <summary>The gradients of one part of a batch, added to what is in the gradient arena unless it is the first; its loss without penalties.</summary>
    public double AccumulateStep(in HostBatch batch, CudaStep step, bool first)
    {
        lock (_gate)
        {
            Begin();
            var (program, slot, layout) = BeginTraining(ProgramKind.Train, batch, step, optimizer: null);
            Parameters.Change();
            GiveGradients(program, slot, layout, accumulate: !first, layout.Part(CudaSpace.Losses));
            slot.Leave(_work);
            slot.Wait(program.Doing);
            return BatchCopies.Losses(layout, slot.Pinned);
        }
    }

    /// <summary>The forward pass in training mode; what the backward pass needs is kept.</summary>
    public void Record(in HostBatch batch, CudaStep step)
    {
        lock (_gate)
        {
            Begin();
            var (program, slot, layout) = BeginTraining(ProgramKind.Record, batch, step, optimizer: null);
            Parameters.Change();
            var key = new GraphKey(ProgramKind.Record, batch.Batch, slot);
            if (!_training.Graphs.TryLaunch(_work, key))
            {
                Run(key, program, slot, layout, _training);
            }

            slot.Leave(_work);
            slot.Wait(program.Doing);
            BatchCopies.Read(_info, batch, layout, slot.Pinned);
        }
    }

    /// <summary>Gradients of all parameters, and of those inputs that are wanted, from the gradient of the last recorded output.</summary>
    public void Backward(in HostBatch batch, bool accumulate)
    {
        lock (_gate)
        {
            Begin();
            var (program, slot) = (Program(ProgramKind.Backward), _training.First());
            var layout = Layout(program, batch.Batch);
            slot.Send(BatchCopies.Write(_info, batch with { Inputs = default }, layout, slot.Pinned), _work, _work);
            GiveGradients(program, slot, layout, accumulate, default);
            for (var i = 0; i < _info.InputSizes.Length; i++)
            {
                if (batch.InputGradients.Of(i) != 0)
                {
                    slot.Fetch(layout.Part(CudaSpace.InputGradient, i), _work);
                }
            }

            slot.Leave(_work);
            slot.Wait(program.Doing);
            BatchCopies.Read(_info, batch, layout, slot.Pinned);
        }
    }

    /// <summary>Gives the stream a program that makes gradients, and their sum with those that are there.</summary>
    private void GiveGradients(PreparedProgram program, BatchSlot slot, BatchLayout layout, bool accumulate, BytesRange result)
    {
        if (accumulate)
        {
            Gradients.Bring();
            _sum ??= new GradientSum(_context, _work, _floats);
            Gradients.Change();
        }
        else
        {
            Gradients.Overwrite();
        }

        var key = new GraphKey(program.Kind, layout.Batch, slot, Accumulate: accumulate);
        if (!_training.Graphs.TryLaunch(_work, key))
        {
            RunGradients(key, program, slot, layout, result);
        }
    }

    private void RunGradients(GraphKey key, PreparedProgram program, BatchSlot slot, BatchLayout layout, BytesRange result) =>
        _training.Graphs.Run(_work, key, () =>
        {
            var gradients = key.Accumulate ? _sum!.Part : Gradients.Address;
            program.Launch(_work, new(Parameters.Address, gradients, _training.Address, slot, layout));
            if (key.Accumulate)
            {
                _sum!.Launch(_work, Gradients.Address);
            }

            slot.Fetch(result, _work);
        });
}
