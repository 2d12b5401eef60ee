namespace StaticNet;

/// <summary>What the output of an exported network is.</summary>
public enum OnnxOutput
{
    /// <summary>What <c>Predict</c> gives: probabilities where the loss takes logits.</summary>
    Predict,

    /// <summary>What <c>Forward</c> gives: the output as declared.</summary>
    Forward,
}
