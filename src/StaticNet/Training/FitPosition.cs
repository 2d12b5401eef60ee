namespace StaticNet;

/// <summary>How far training is, with the sums of the epoch that it is in.</summary>
internal sealed class FitPosition
{
    /// <summary>Epochs that are over.</summary>
    public int Epoch { get; set; }

    /// <summary>Samples of the current epoch that were trained on.</summary>
    public int Done { get; set; }

    /// <summary>Training steps of the network before this epoch: they decide its order.</summary>
    public long StepsBefore { get; set; }

    /// <summary>Σ weight·loss of this epoch.</summary>
    public double LossSum { get; set; }

    /// <summary>Σ weight of this epoch.</summary>
    public double WeightSum { get; set; }

    /// <summary>Seconds of training steps in this epoch.</summary>
    public double Seconds { get; set; }

    /// <summary>The mean loss of this epoch so far.</summary>
    public double Loss => LossSum / WeightSum;

    /// <summary>Goes to the start of the next epoch.</summary>
    public void NextEpoch(long steps)
    {
        (Epoch, Done, StepsBefore) = (Epoch + 1, 0, steps);
        (LossSum, WeightSum, Seconds) = (0, 0, 0);
    }

    public void Save(CheckpointWriter checkpoint)
    {
        checkpoint.Set("epoch", Epoch);
        checkpoint.Set("epoch.samples", Done);
        checkpoint.Set("epoch.steps_before", StepsBefore);
        checkpoint.Set("epoch.loss_sum", LossSum);
        checkpoint.Set("epoch.weight_sum", WeightSum);
        checkpoint.Set("epoch.seconds", Seconds);
    }

    public static FitPosition Load(CheckpointReader checkpoint) => new()
    {
        Epoch = (int)checkpoint.Integer("epoch"),
        Done = (int)checkpoint.Integer("epoch.samples"),
        StepsBefore = checkpoint.Integer("epoch.steps_before"),
        LossSum = checkpoint.Number("epoch.loss_sum"),
        WeightSum = checkpoint.Number("epoch.weight_sum"),
        Seconds = checkpoint.Number("epoch.seconds"),
    };
}
