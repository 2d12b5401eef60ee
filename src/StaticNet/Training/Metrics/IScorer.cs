namespace StaticNet;

/// <summary>Gathers what predictions say, batch after batch.</summary>
internal interface IScorer
{
    void Add(in PredictedBatch batch);
}
