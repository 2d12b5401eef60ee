using StaticNet;

namespace FashionMnistSample;

/// <summary>
/// A confusion matrix of pictures: in the row of what it is and the column of what the network took it for, the sample that the network
/// was surest of.
/// </summary>
internal sealed class Mistakes
{
    private readonly Dataset<Image, Clothes> _data;
    private readonly (int Sample, float Probability)[,] _surest = new (int, float)[Clothes.Classes, Clothes.Classes];
    private readonly int[,] _counts = new int[Clothes.Classes, Clothes.Classes];

    public Mistakes(ResNet network, Dataset<Image, Clothes> data)
    {
        _data = data;
        Span<float> probabilities = stackalloc float[Clothes.Classes];
        for (var sample = 0; sample < data.Count; sample++)
        {
            network.Predict(data.Input(sample), probabilities);
            var (actual, predicted) = (data.Label(sample), probabilities.IndexOf(Greatest(probabilities)));
            if (_counts[actual, predicted]++ == 0 || probabilities[predicted] > _surest[actual, predicted].Probability)
            {
                _surest[actual, predicted] = (sample, probabilities[predicted]);
            }
        }
    }

    /// <summary>Writes the matrix as a PNG file.</summary>
    public void Save(string path)
    {
        var grid = new ImageGrid(Clothes.Classes, Clothes.Classes, height: 28, width: 28);
        for (var actual = 0; actual < Clothes.Classes; actual++)
        {
            for (var predicted = 0; predicted < Clothes.Classes; predicted++)
            {
                if (_counts[actual, predicted] > 0)
                {
                    grid.Draw(actual, predicted, _data.Input(_surest[actual, predicted].Sample).Values);
                }
            }
        }

        grid.Save(path);
    }

    /// <summary>The most frequent ones, a line each.</summary>
    public IEnumerable<string> MostFrequent(int lines) =>
        (from actual in Enumerable.Range(0, Clothes.Classes)
         from predicted in Enumerable.Range(0, Clothes.Classes)
         where actual != predicted && _counts[actual, predicted] > 0
         orderby _counts[actual, predicted] descending
         select $"{_counts[actual, predicted],4}  {FashionMnist.Names[actual]} taken for {FashionMnist.Names[predicted]}").Take(lines);

    private static float Greatest(ReadOnlySpan<float> values)
    {
        var greatest = values[0];
        foreach (var value in values)
        {
            greatest = Math.Max(greatest, value);
        }

        return greatest;
    }
}
