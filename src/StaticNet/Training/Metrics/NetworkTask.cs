namespace StaticNet;

/// <summary>What the output of a network means, as its loss tells; metrics follow from it.</summary>
public enum NetworkTask
{
    /// <summary>No loss.</summary>
    None,

    /// <summary>One of several classes.</summary>
    Classification,

    /// <summary>Independent yes-or-no outputs.</summary>
    BinaryClassification,

    /// <summary>Real values.</summary>
    Regression,
}
