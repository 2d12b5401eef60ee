namespace StaticNet;

/// <summary>An optimizer's part of a checkpoint.</summary>
internal static class OptimizerState
{
    private const string Kind = "optimizer";
    private const string Steps = "optimizer.steps";

    public static void Save(Optimizer optimizer, CheckpointWriter checkpoint)
    {
        checkpoint.Set(Kind, optimizer.GetType().Name);
        checkpoint.Set(Steps, optimizer.StepCount);
        for (var i = 0; i < optimizer.StateNames.Length; i++)
        {
            checkpoint.Add(Prefix(optimizer, i), optimizer.State(i), trainedOnly: true);
        }
    }

    /// <summary>Checks that the checkpoint is of such an optimizer.</summary>
    public static void Require(Optimizer optimizer, CheckpointReader checkpoint)
    {
        checkpoint.RequireSame(Kind, optimizer.GetType().Name);
        _ = checkpoint.Integer(Steps);
        for (var i = 0; i < optimizer.StateNames.Length; i++)
        {
            checkpoint.Require(Prefix(optimizer, i), trainedOnly: true);
        }
    }

    /// <summary>Restores the states of an optimizer that is attached.</summary>
    public static void Load(Optimizer optimizer, CheckpointReader checkpoint)
    {
        optimizer.StepCount = checkpoint.Integer(Steps);
        for (var i = 0; i < optimizer.StateNames.Length; i++)
        {
            checkpoint.Read(Prefix(optimizer, i), optimizer.State(i), trainedOnly: true);
        }
    }

    private static string Prefix(Optimizer optimizer, int state) => $"optimizer.{optimizer.StateNames[state]}.";
}
