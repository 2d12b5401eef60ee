namespace StaticNet;

/// <summary>How a classification loss is told the right class.</summary>
public enum Targets
{
    /// <summary>One <see cref="int"/> for each sample: the index of the class, from 0.</summary>
    ClassIndex,

    /// <summary>One number for each class: one-hot, or any distribution over the classes.</summary>
    OneHot,
}
