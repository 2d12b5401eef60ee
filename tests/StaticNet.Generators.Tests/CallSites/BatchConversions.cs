namespace StaticNet.Generators.Tests.CallSites;

/// <summary>
/// Every way to hand values to a network. The project's own compiler takes this file in the newest language; the tests compile
/// it again in older ones, where spans convert by other rules, and run it.
/// </summary>
public static class BatchConversions
{
    // Stands for a generated network: 2 values in, 1 out, out = their sum.
    private static void Predict(ReadOnlyBatch<Shape<N2>> input, Batch<Shape<N1>> output)
    {
        for (var i = 0; i < input.Count; i++) output[i][0] = input[i][0] + input[i][1];
    }

    // A second overload, as data sets and labels have: arrays and spans must still find their way to the batches.
    private static void Predict(int sample, Batch<Shape<N1>> output) => output[0][0] = sample;

    public static float Arrays()
    {
        float[] input = [1, 2, 3, 4], output = new float[2];
        Predict(input, output);
        return output[0] + output[1];
    }

    public static float Spans()
    {
        Span<float> input = [1, 2, 3, 4], output = new float[2];
        Predict(input, output);
        return output[0] + output[1];
    }

    public static float ReadOnlySpans()
    {
        ReadOnlySpan<float> input = [1, 2, 3, 4];
        var output = new float[2];
        Predict(input, output);
        return output[0] + output[1];
    }

    public static float StackMemory()
    {
        Span<float> output = stackalloc float[2];
        Predict(stackalloc float[] { 1, 2, 3, 4 }, output);
        return output[0] + output[1];
    }

    public static float Slices()
    {
        float[] values = [0, 0, 1, 2, 3, 4, 0, 0];
        Predict(values.AsSpan(2, 4), values.AsSpan(6));
        return values[6] + values[7];
    }

    public static float Memories()
    {
        Memory<float> input = new float[] { 1, 2, 3, 4 };
        var output = new float[2];
        Predict(input.Span, output);
        return output[0] + output[1];
    }

    public static float CollectionExpressions()
    {
        var output = new float[2];
        float[] tail = [3, 4];
        Predict([1, 2, .. tail], output);
        return output[0] + output[1];
    }

    public static float Batches()
    {
        ReadOnlyBatch<Shape<N2>> input = new float[] { 1, 2, 3, 4 };
        Batch<Shape<N1>> output = new float[2];
        Predict(input, output);
        return output[0][0] + output[1][0];
    }

    public static float WritableBatchAsInput()
    {
        Batch<Shape<N2>> input = new float[] { 1, 2, 3, 4 };
        var output = new float[2];
        Predict(input, output);
        return output[0] + output[1];
    }

    public static float OtherShapeOfEqualSize()
    {
        ReadOnlyBatch<Shape<N1, N2>> input = new float[] { 1, 2, 3, 4 };
        var output = new float[2];
        Predict(input.As<Shape<N2>>(), output);
        return output[0] + output[1];
    }

    public static float RowsOfABatch()
    {
        ReadOnlyBatch<Shape<N4>> rows = new float[] { 9, 9, 9, 9, 1, 2, 3, 4 };
        var output = new float[2];
        Predict(rows[1], output);
        return output[0] + output[1];
    }

    public static float SlicesOfABatch()
    {
        ReadOnlyBatch<Shape<N2>> samples = new float[] { 9, 9, 1, 2, 3, 4 };
        var output = new float[2];
        Predict(samples[1..], output);
        return output[0] + output[1];
    }
}
