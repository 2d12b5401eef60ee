namespace StaticNet;

/// <summary>
/// The area under the receiver operating characteristic: how often a sample of a class gets more than one of another, ties counting
/// half. Hanley and McNeil, "The meaning and use of the area under a receiver operating characteristic (ROC) curve", 1982.
/// </summary>
internal sealed class RocCurves(int outputs)
{
    private readonly List<float>[] _scores = [.. Enumerable.Range(0, outputs).Select(_ => new List<float>())];
    private readonly List<bool>[] _isYes = [.. Enumerable.Range(0, outputs).Select(_ => new List<bool>())];

    public void Add(int output, float score, bool isYes)
    {
        _scores[output].Add(score);
        _isYes[output].Add(isYes);
    }

    /// <summary>The plain mean over the outputs that have samples of both kinds; NaN when none has, or a score is NaN.</summary>
    public double MeanArea()
    {
        var (sum, count) = (0.0, 0);
        for (var output = 0; output < outputs; output++)
        {
            if (_isYes[output].Contains(true) && _isYes[output].Contains(false))
            {
                sum += Area([.. _scores[output]], [.. _isYes[output]]);
                count++;
            }
        }

        return sum / count;
    }

    private static double Area(float[] scores, bool[] isYes)
    {
        Array.Sort(scores, isYes);
        if (float.IsNaN(scores[0]))
        {
            return double.NaN;
        }

        var (noes, yeses, wins) = (0L, 0L, 0.0);
        for (var start = 0; start < scores.Length;)
        {
            var (tiedNoes, tiedYeses) = (0L, 0L);
            for (var score = scores[start]; start < scores.Length && scores[start] == score; start++)
            {
                if (isYes[start])
                {
                    tiedYeses++;
                }
                else
                {
                    tiedNoes++;
                }
            }

            wins += tiedYeses * (noes + (tiedNoes / 2.0));
            noes += tiedNoes;
            yeses += tiedYeses;
        }

        return wins / yeses / noes;
    }
}
