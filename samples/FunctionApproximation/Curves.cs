using StaticNet;

namespace FunctionApproximationSample;

/// <summary>
/// What this program does with a curve, whatever its width: the generated members of the networks below implement it.
/// </summary>
internal interface ICurve : IDisposable
{
    History Fit(Dataset<Shape<N1>, Shape<N1>> data, Optimizer optimizer, FitOptions<Shape<N1>, Shape<N1>>? options);

    void Predict(ReadOnlyBatch<Shape<N1>> input, Batch<Shape<N1>> output);
}

// One number in, one hidden layer, one number out: Σ vᵢ·tanh(wᵢ·x + bᵢ) + c. Widths are part of the types, so each is a network.

[Network, Input(1), Dense(1), Tanh, Dense(1), MeanSquaredError]
public partial class Curve1 : ICurve;

[Network, Input(1), Dense(2), Tanh, Dense(1), MeanSquaredError]
public partial class Curve2 : ICurve;

[Network, Input(1), Dense(4), Tanh, Dense(1), MeanSquaredError]
public partial class Curve4 : ICurve;

[Network, Input(1), Dense(8), Tanh, Dense(1), MeanSquaredError]
public partial class Curve8 : ICurve;

[Network, Input(1), Dense(16), Tanh, Dense(1), MeanSquaredError]
public partial class Curve16 : ICurve;

[Network, Input(1), Dense(32), Tanh, Dense(1), MeanSquaredError]
public partial class Curve32 : ICurve;
