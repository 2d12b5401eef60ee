namespace StaticNet;

/// <summary>
/// The mean over the elements of a sample of <c>−t · log p − (1 − t) · log(1 − p)</c>, each element being a question of its own and t its
/// answer from 0 to 1.
/// </summary>
public sealed class BinaryCrossEntropyAttribute : LossAttribute
{
    /// <summary>
    /// Whether the output are logits z with <c>p = sigmoid(z)</c>, as unless this says otherwise: the loss is then
    /// <c>max(z, 0) − z · t + log(1 + exp(−|z|))</c>, which loses no digits, and <c>Predict</c> applies the sigmoid. When it is false the
    /// output are probabilities, from a <see cref="SigmoidAttribute"/>; logarithms are then at least −100.
    /// </summary>
    public bool FromLogits { get; set; } = true;
}
