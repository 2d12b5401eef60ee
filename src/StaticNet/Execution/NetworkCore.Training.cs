using StaticNet.Cuda;

namespace StaticNet.Execution;

public sealed partial class NetworkCore
{
    private Workspace? _training;
    private AlignedMemory? _gradients;
    private AlignedMemory? _batchScalars;

    /// <summary>Samples of the last recorded forward pass; null when there is none to go back from.</summary>
    private int? _recorded;

    /// <summary>Samples of the training step before, when the device still has them.</summary>
    private int _stepped;

    /// <summary>What the last training step computed in; null before the first.</summary>
    internal Workspace? TrainingWorkspace => _training;

    /// <summary>The gradient arena, made when first asked for.</summary>
    internal nint GradientAddress => GradientMemory.Address;

    /// <summary>The gradient arena, for whoever reads or changes it now.</summary>
    internal Span<float> GradientSpan
    {
        get
        {
            _cuda?.Gradients.Touch();
            return GradientMemory.Span;
        }
    }

    /// <summary>
    /// One training step: forward in training mode, loss, gradients, update. Inputs of several parts follow each other: all samples of
    /// the first, then all of the second.
    /// </summary>
    /// <param name="batch">Samples.</param>
    /// <param name="input">The inputs.</param>
    /// <param name="target">Class indices or vectors.</param>
    /// <param name="sampleWeights">The weight of each sample in the loss, or zero for one over the batch size.</param>
    /// <param name="optimizer">Changes the parameters.</param>
    /// <param name="ticket">What <see cref="SendAhead"/> has given for the batch; zero when it was not sent.</param>
    /// <param name="meanwhile">Called where a device works on the step and the processor has nothing to do; null for nothing.</param>
    /// <returns>The weighted sum of the samples' losses: their mean unless weights are given; with penalties.</returns>
    internal double TrainStep(
        int batch, nint input, nint target, nint sampleWeights, Optimizer optimizer, long ticket = 0, Action? meanwhile = null) =>
        TrainStep(batch, InputAddresses.InBlock(Info, batch, input), target, sampleWeights, optimizer, ticket, meanwhile);

    /// <inheritdoc cref="TrainStep(int, nint, nint, nint, Optimizer, long, Action)"/>
    internal double TrainStep(
        int batch, InputAddresses inputs, nint target, nint sampleWeights, Optimizer optimizer, long ticket = 0, Action? meanwhile = null)
    {
        BatchGuard.CheckTraining(Info, batch);
        using var use = Exclusive();
        optimizer.Attach(this);
        optimizer.BeginStep();
        if (_cuda is { } cuda)
        {
            _recorded = null;
            _stepped = 0;
            var data = new HostBatch(batch, inputs) { Target = target, SampleWeights = sampleWeights };
            var sum = cuda.TrainStep(data, NextStep(), optimizer, ticket, meanwhile);
            _stepped = batch;
            return sum;
        }

        var whole = optimizer.NeedsWholeGradient;
        var penalty = Regularization.Penalty(Info, ParameterAddress);
        var loss = penalty + RunTraining(batch, inputs, target, sampleWeights, accumulate: false, whole ? null : optimizer);
        if (whole)
        {
            optimizer.ApplyAll(GradientAddress, Threads);
        }

        return loss;
    }

    /// <summary>
    /// Sends the batch of the next step to the device while it works on one; to be called by that step's <c>meanwhile</c>. The batch is
    /// given to its step again, in case the device could not take it.
    /// </summary>
    /// <returns>A ticket for the step; zero when nothing was sent.</returns>
    internal long SendAhead(int batch, nint input, nint target, nint sampleWeights) =>
        _cuda?.SendAhead(new HostBatch(batch, InputAddresses.InBlock(Info, batch, input)) { Target = target, SampleWeights = sampleWeights }) ?? 0;

    /// <summary>
    /// Takes more steps on the batch of the last one, which the device still has, and waits for the last alone: what training takes when
    /// batches cost nothing.
    /// </summary>
    /// <returns>The loss of the last step.</returns>
    /// <exception cref="InvalidOperationException">The network is on the processor, or its last use was no training step.</exception>
    internal double RepeatSteps(int count, Optimizer optimizer)
    {
        using var use = Exclusive();
        if (_cuda is not { } cuda || _stepped == 0)
        {
            throw new InvalidOperationException($"{Info.Name}: there is no batch on a device to repeat a training step with.");
        }

        optimizer.Attach(this);
        return cuda.RepeatSteps([.. Enumerable.Range(0, count).Select(_ => NextStep())], _stepped, optimizer);
    }

    /// <summary>
    /// Adds the gradients of one part of a batch to the gradient arena, or puts them there when it is the first part; its loss is without
    /// penalties.
    /// </summary>
    internal double AccumulateStep(int batch, nint input, nint target, nint sampleWeights, bool first)
    {
        BatchGuard.CheckTraining(Info, batch);
        using var use = Exclusive();
        if (_cuda is { } cuda)
        {
            (_recorded, _stepped) = (null, 0);
            var part = new HostBatch(batch, InputAddresses.InBlock(Info, batch, input)) { Target = target, SampleWeights = sampleWeights };
            return cuda.AccumulateStep(part, NextStep(), first);
        }

        return RunTraining(batch, InputAddresses.InBlock(Info, batch, input), target, sampleWeights, accumulate: !first, update: null);
    }

    /// <summary>Applies the gradients in the gradient arena.</summary>
    public void Step(Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        using var use = Exclusive();
        optimizer.Attach(this);
        optimizer.BeginStep();
        if (_cuda is { } cuda)
        {
            cuda.Step(optimizer);
            return;
        }

        optimizer.ApplyAll(GradientAddress, Threads);
    }

    /// <summary>Predictions and the weighted loss of each sample, without penalties, in inference mode.</summary>
    internal void Evaluate(int batch, nint input, nint target, nint sampleWeights, nint predictions, nint losses)
    {
        if (batch == 0)
        {
            return;
        }

        using var lease = Shared();
        if (_cuda is { } cuda)
        {
            cuda.Infer(
                ProgramKind.Evaluate,
                new HostBatch(batch, InputAddresses.InBlock(Info, batch, input)) { Target = target, SampleWeights = sampleWeights, Output = predictions, Losses = losses });
            return;
        }

        var work = lease.Workspace;
        work.SetInputs(InputAddresses.InBlock(Info, batch, input));
        (work.Target, work.SampleWeights, work.Output, work.Losses) = (target, sampleWeights, predictions, losses);
        Begin(work, ProgramKind.Evaluate, batch);
        work.Run(0, work.Stages(ProgramKind.Evaluate), Threads);
    }

    /// <summary>The forward pass in training mode; what the backward pass needs is kept.</summary>
    internal void Record(int batch, InputAddresses inputs, nint output)
    {
        BatchGuard.CheckTraining(Info, batch);
        using var use = Exclusive();
        if (_cuda is { } cuda)
        {
            var step = NextStep();
            (_recorded, _stepped) = (null, 0);
            if (batch > 0)
            {
                cuda.Record(new HostBatch(batch, inputs) { Output = output }, step);
            }

            _recorded = batch;
            return;
        }

        var work = _training ??= _createWorkspace();
        work.SetInputs(inputs);
        work.Output = output;
        work.Reserve(ProgramKind.Backward, batch, Threads);
        BeginTraining(work, ProgramKind.Record, batch, accumulate: false, update: null);
        if (batch > 0)
        {
            // Nothing has no mean: running statistics stay what they are.
            work.Run(0, work.Stages(ProgramKind.Record), Threads);
        }

        _recorded = batch;
    }

    /// <summary>
    /// Gradients of all parameters, into the gradient arena, and of the inputs, from the gradient of the last recorded output. The
    /// inputs must still be where they were when they were recorded.
    /// </summary>
    /// <exception cref="InvalidOperationException">No forward pass of this batch size was recorded.</exception>
    internal void Backward(int batch, InputAddresses inputs, nint outputGradient, InputAddresses inputGradients, bool accumulate)
    {
        using var use = Exclusive();
        if (_recorded != batch)
        {
            throw new InvalidOperationException(
                $"{Info.Name}: Backward needs the forward pass of the same {batch} samples before it: call Record first.");
        }

        if (batch == 0)
        {
            if (!accumulate)
            {
                GradientSpan.Clear();
            }

            return;
        }

        if (_cuda is { } cuda)
        {
            cuda.Backward(new HostBatch(batch, inputs) { OutputGradient = outputGradient, InputGradients = inputGradients }, accumulate);
            return;
        }

        var work = _training!;
        work.SetInputs(inputs);
        work.SetInputGradients(inputGradients);
        work.OutputGradient = outputGradient;
        work.Program = ProgramKind.Backward;
        work.Accumulate = accumulate;
        work.Gradients = GradientAddress;
        work.Run(0, work.Stages(ProgramKind.Backward), Threads);
    }

    /// <summary>Fills all memory but the parameters, so that tests see whoever reads what nobody wrote.</summary>
    internal void Poison(float value)
    {
        using var use = Exclusive();
        if (_cuda is { } cuda)
        {
            _stepped = 0;
            cuda.Poison(value);
            return;
        }

        Pool.Poison(value);
        _training?.Poison(value);
        _gradients?.Span.Fill(value);
        _batchScalars?.Span.Fill(value);
    }

    private double RunTraining(int batch, InputAddresses inputs, nint target, nint sampleWeights, bool accumulate, Optimizer? update)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        var work = _training ??= _createWorkspace();
        _recorded = null;
        ReserveScalars(batch);
        if (sampleWeights == 0)
        {
            _batchScalars!.Span[..batch].Fill(1f / batch);
            sampleWeights = _batchScalars.Address;
        }

        var losses = _batchScalars!.Span.Slice((int)(_batchScalars.Length / 2), batch);
        work.SetInputs(inputs);
        (work.Target, work.SampleWeights) = (target, sampleWeights);
        work.Losses = _batchScalars.Address + (nint)(_batchScalars.Length / 2 * sizeof(float));
        BeginTraining(work, ProgramKind.Train, batch, accumulate, update);
        work.Run(0, work.Stages(ProgramKind.Train), Threads);
        var sum = 0.0;
        foreach (var loss in losses)
        {
            sum += loss;
        }

        return sum;
    }

    private void BeginTraining(Workspace work, ProgramKind program, int batch, bool accumulate, Optimizer? update)
    {
        work.Update = update;
        work.Accumulate = accumulate;
        work.Gradients = update is null ? GradientAddress : 0;
        work.RandomKey = unchecked((ulong)Seed);
        work.RandomStep = (ulong)Steps++;
        Begin(work, program, batch);
    }

    /// <summary>Room for the weight and the loss of each sample.</summary>
    private void ReserveScalars(int batch)
    {
        var half = ParameterLayout.PaddedTo16(batch);
        if (_batchScalars is null || _batchScalars.Length < 2L * half)
        {
            _batchScalars?.Dispose();
            _batchScalars = null;
            _batchScalars = new AlignedMemory(2L * half);
        }
    }
}
