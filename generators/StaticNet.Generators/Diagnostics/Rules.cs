namespace StaticNet.Generators.Diagnostics;

/// <summary>
/// The ids of the rules that declarations are held to, each with the values its message is filled with. Descriptors carry the words.
/// </summary>
internal static class Rules
{
    /// <summary>The class is not partial. {0} class.</summary>
    public const string NotPartial = "SN0001";

    /// <summary>No [Input]. {0} class.</summary>
    public const string NoInput = "SN0002";

    /// <summary>"{0} needs {1} but {2} gives {3}": layer, shape or condition, layer before, its shape.</summary>
    public const string ShapeMismatch = "SN0003";

    /// <summary>A name that no input or layer before has. {0} the name, {1} the names there are.</summary>
    public const string UnknownName = "SN0004";

    /// <summary>A name that another part of the network has already. {0} the name, {1} the layer that has it.</summary>
    public const string DuplicateName = "SN0005";

    /// <summary>A name that is no identifier or belongs to a generated member. {0} the name, {1} why it cannot be.</summary>
    public const string InvalidName = "SN0006";

    /// <summary>"{0}: {1} is {2} but must be {3}": layer kind, argument, value, requirement.</summary>
    public const string InvalidArgument = "SN0007";

    /// <summary>Layers over several partial declarations, whose order nothing defines. {0} class.</summary>
    public const string SpreadLayers = "SN0008";

    /// <summary>"{0} needs {1} but {2} gives {3}": loss, condition, layer before, its shape.</summary>
    public const string LossDoesNotFit = "SN0009";

    /// <summary>Warning: the loss applies the softmax or sigmoid itself. {0} activation, {1} loss.</summary>
    public const string ActivationAppliedTwice = "SN0010";

    /// <summary>Warning: a value that nothing uses. {0} the name or the layer.</summary>
    public const string UnusedValue = "SN0011";

    /// <summary>
    /// Numbers of constant length that are no whole samples, at the call. {0} who takes them, {1} shape and its product, {2} length, {3} the
    /// division.
    /// </summary>
    public const string SpanLength = "SN0012";

    /// <summary>Network classes can be neither nested nor generic. {0} class, {1} "nested" or "generic".</summary>
    public const string NestedOrGeneric = "SN0013";

    /// <summary>With several inputs the first layer must say From. {0} layer, {1} the inputs' names.</summary>
    public const string AmbiguousInput = "SN0014";

    /// <summary>A layer or a second loss after the loss. {0} the late layer, {1} the loss.</summary>
    public const string AfterLoss = "SN0015";

    /// <summary>Warning: independent probabilities where the loss compares classes. {0} activation, {1} loss.</summary>
    public const string SigmoidWithClassLoss = "SN0016";

    /// <summary>Static, abstract, record, file-local, derived classes cannot be networks. {0} class, {1} what it is: "a record".</summary>
    public const string UnsuitableClass = "SN0017";

    /// <summary>More elements than an index can count. {0} layer, {1} what, as a product, {2} the number.</summary>
    public const string TooLarge = "SN0018";

    /// <summary>An [Input] after a layer. {0} the input.</summary>
    public const string InputAfterLayer = "SN0019";

    /// <summary>Inputs and nothing that computes. {0} class.</summary>
    public const string NoLayers = "SN0020";

    /// <summary>Warning: the loss takes probabilities and gets none. {0} loss, {1} layer before.</summary>
    public const string ProbabilitiesExpected = "SN0021";

    /// <summary>Warning: layers on a class that is no network, of which nothing is made. {0} class.</summary>
    public const string LayersWithoutNetwork = "SN0022";

    /// <summary>More inputs than a network can have. {0} the first input too many, {1} how many there can be.</summary>
    public const string TooManyInputs = "SN0023";

    /// <summary>Warning: a bias that the batch normalisation after it takes away. {0} layer, {1} normalisation.</summary>
    public const string BiasBeforeNormalization = "SN0027";

    /// <summary>A block that uses itself. {0} the class, {1} the way from it to itself.</summary>
    public const string BlockCycle = "SN0030";

    /// <summary>What is used as a block is none. {0} the class, {1} why not.</summary>
    public const string NoBlock = "SN0031";

    /// <summary>The sides of a residual differ. {0} the residual, {1} the body's shape, {2} the shortcut's, {3} how they differ.</summary>
    public const string ResidualMismatch = "SN0032";

    /// <summary>An input or a loss in a block. {0} the attribute.</summary>
    public const string NotInBlock = "SN0033";

    /// <summary>Blocks that stand for too many layers. {0} the use of the block, {1} how many there can be.</summary>
    public const string TooManyLayers = "SN0034";

    /// <summary>What is to be frozen is no network. {0} the class.</summary>
    public const string NothingToFreeze = "SN0040";

    /// <summary>No file of weights of this name. {0} the name, {1} the names there are.</summary>
    public const string NoWeights = "SN0041";

    /// <summary>The file is of another network. {0} the file, {1} the network's class, {2} how they differ.</summary>
    public const string WeightsDoNotFit = "SN0042";

    /// <summary>Whether a network with this finding can still be built.</summary>
    public static bool IsWarning(string rule) =>
        rule is ActivationAppliedTwice or UnusedValue or SigmoidWithClassLoss or ProbabilitiesExpected or BiasBeforeNormalization;
}
