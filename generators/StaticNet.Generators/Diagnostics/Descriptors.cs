using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace StaticNet.Generators.Diagnostics;

/// <summary>The words of every rule. A message says what is wrong in numbers and what would be right; its page says why.</summary>
internal static class Descriptors
{
    /// <summary>Rules about networks as they are declared.</summary>
    private const string Declaration = "StaticNet.Declaration";

    /// <summary>Rules about the use of networks.</summary>
    private const string Usage = "StaticNet.Usage";

    /// <summary>Where the rules' pages are: <c>generators/rules</c> of this repository.</summary>
    private const string Pages = "https://github.com/staticnet/staticnet/blob/main/generators/rules/";

    public static readonly DiagnosticDescriptor NotPartial = new(
        Rules.NotPartial,
        "A network must be partial",
        "'{0}' is a network and must be partial, so that its code can be generated beside it: write 'partial class {0}'",
        Declaration, Error, true, null, Pages + Rules.NotPartial + ".md");

    public static readonly DiagnosticDescriptor NoInput = new(
        Rules.NoInput,
        "A network needs an input",
        "'{0}' has no [Input]: say the shape of one sample before the layers, as [Input(784)] or [Input(28, 28, 1)]",
        Declaration, Error, true, null, Pages + Rules.NoInput + ".md");

    public static readonly DiagnosticDescriptor ShapeMismatch = new(
        Rules.ShapeMismatch,
        "The shape does not fit the layer",
        "{0} needs {1} but {2} gives {3}",
        Declaration, Error, true, null, Pages + Rules.ShapeMismatch + ".md");

    public static readonly DiagnosticDescriptor UnknownName = new(
        Rules.UnknownName,
        "Nothing before has this name",
        "No input or layer before this one is called '{0}': names here are {1}",
        Declaration, Error, true, null, Pages + Rules.UnknownName + ".md");

    public static readonly DiagnosticDescriptor DuplicateName = new(
        Rules.DuplicateName,
        "Two parts have one name",
        "{1} is already called '{0}': names are compared without case, since they become members and parameters",
        Declaration, Error, true, null, Pages + Rules.DuplicateName + ".md");

    public static readonly DiagnosticDescriptor InvalidName = new(
        Rules.InvalidName,
        "This cannot be a name",
        "'{0}' cannot be a name here: {1}",
        Declaration, Error, true, null, Pages + Rules.InvalidName + ".md");

    public static readonly DiagnosticDescriptor InvalidArgument = new(
        Rules.InvalidArgument,
        "The argument is out of its range",
        "{0}: {1} is {2} but must be {3}",
        Declaration, Error, true, null, Pages + Rules.InvalidArgument + ".md");

    public static readonly DiagnosticDescriptor SpreadLayers = new(
        Rules.SpreadLayers,
        "Layers are spread over several declarations",
        "The layers of '{0}' are spread over several partial declarations, and nothing says which come first: write all of them at one",
        Declaration, Error, true, null, Pages + Rules.SpreadLayers + ".md");

    public static readonly DiagnosticDescriptor LossDoesNotFit = new(
        Rules.LossDoesNotFit,
        "The loss does not fit the output",
        "{0} needs {1} but {2} gives {3}",
        Declaration, Error, true, null, Pages + Rules.LossDoesNotFit + ".md");

    public static readonly DiagnosticDescriptor ActivationAppliedTwice = new(
        Rules.ActivationAppliedTwice,
        "The loss applies this activation itself",
        "{0} gives probabilities but {1} takes logits and makes probabilities of them itself, so that learning all but stops: "
        + "remove {0}, Predict still gives probabilities",
        Declaration, Warning, true, null, Pages + Rules.ActivationAppliedTwice + ".md");

    public static readonly DiagnosticDescriptor UnusedValue = new(
        Rules.UnusedValue,
        "Nothing uses this value",
        "Nothing uses '{0}': take it with From, Add or Concat, or remove it",
        Declaration, Warning, true, null, Pages + Rules.UnusedValue + ".md");

    public static readonly DiagnosticDescriptor SpanLength = new(
        Rules.SpanLength,
        "The length is not a whole number of samples",
        "{0} takes whole samples of {1} numbers but gets {2}: {3}",
        Usage, Error, true, null, Pages + Rules.SpanLength + ".md");

    public static readonly DiagnosticDescriptor NestedOrGeneric = new(
        Rules.NestedOrGeneric,
        "A network can be neither nested nor generic",
        "'{0}' is {1}, and networks can be neither nested in a type nor generic: declare it as a class of its own in a namespace",
        Declaration, Error, true, null, Pages + Rules.NestedOrGeneric + ".md");

    public static readonly DiagnosticDescriptor AmbiguousInput = new(
        Rules.AmbiguousInput,
        "The first layer must say which input it takes",
        "{0} could take any of the inputs {1}: say which one with From",
        Declaration, Error, true, null, Pages + Rules.AmbiguousInput + ".md");

    public static readonly DiagnosticDescriptor AfterLoss = new(
        Rules.AfterLoss,
        "Nothing can follow the loss",
        "{0} comes after the loss {1}, which must be last: move it before the loss or remove it",
        Declaration, Error, true, null, Pages + Rules.AfterLoss + ".md");

    public static readonly DiagnosticDescriptor SigmoidWithClassLoss = new(
        Rules.SigmoidWithClassLoss,
        "A loss over classes gets independent probabilities",
        "{0} gives each class a probability of its own but {1} compares classes that exclude each other: "
        + "remove {0}, or use BinaryCrossEntropy where several can be right",
        Declaration, Warning, true, null, Pages + Rules.SigmoidWithClassLoss + ".md");

    public static readonly DiagnosticDescriptor UnsuitableClass = new(
        Rules.UnsuitableClass,
        "This class cannot be a network",
        "'{0}' is {1} and cannot be a network: declare an ordinary class, 'public partial class {0};'",
        Declaration, Error, true, null, Pages + Rules.UnsuitableClass + ".md");

    public static readonly DiagnosticDescriptor TooLarge = new(
        Rules.TooLarge,
        "Too many numbers for an index",
        "{0} would have {1} = {2} numbers, more than the 2147483647 that can be indexed",
        Declaration, Error, true, null, Pages + Rules.TooLarge + ".md");

    public static readonly DiagnosticDescriptor InputAfterLayer = new(
        Rules.InputAfterLayer,
        "Inputs come before layers",
        "{0} comes after a layer: declare all inputs first and take this one where it is needed with From, Add or Concat",
        Declaration, Error, true, null, Pages + Rules.InputAfterLayer + ".md");

    public static readonly DiagnosticDescriptor NoLayers = new(
        Rules.NoLayers,
        "A network needs a layer",
        "'{0}' has inputs but no layer that computes: add one, as [Dense(10)]",
        Declaration, Error, true, null, Pages + Rules.NoLayers + ".md");

    public static readonly DiagnosticDescriptor ProbabilitiesExpected = new(
        Rules.ProbabilitiesExpected,
        "The loss takes probabilities",
        "{0} takes probabilities but {1} gives any number: put the activation before the loss or, better, use the loss that takes logits",
        Declaration, Warning, true, null, Pages + Rules.ProbabilitiesExpected + ".md");

    public static readonly DiagnosticDescriptor LayersWithoutNetwork = new(
        Rules.LayersWithoutNetwork,
        "Layers on a class that is no network",
        "'{0}' has layers but no [Network], so nothing is made of them: add [Network]",
        Declaration, Warning, true, null, Pages + Rules.LayersWithoutNetwork + ".md");

    public static readonly DiagnosticDescriptor BiasBeforeNormalization = new(
        Rules.BiasBeforeNormalization,
        "Batch normalisation takes the bias away",
        "{0} adds a bias that {1} takes away with the mean and replaces by its own: say UseBias = false",
        Declaration, Warning, true, null, Pages + Rules.BiasBeforeNormalization + ".md");

    public static readonly DiagnosticDescriptor TooManyInputs = new(
        Rules.TooManyInputs,
        "Too many inputs",
        "{0} is one input more than the {1} that a network can have: give some of them as one, with an axis more or side by side",
        Declaration, Error, true, null, Pages + Rules.TooManyInputs + ".md");

    public static readonly DiagnosticDescriptor BlockCycle = new(
        Rules.BlockCycle,
        "A block contains itself",
        "'{0}' contains itself and would never end: {1}",
        Declaration, Error, true, null, Pages + Rules.BlockCycle + ".md");

    public static readonly DiagnosticDescriptor NoBlock = new(
        Rules.NoBlock,
        "This is no block",
        "'{0}' cannot be used as a block, since {1}: declare it as '[Block] [Dense(Width.Same), Relu] public class {0};'",
        Declaration, Error, true, null, Pages + Rules.NoBlock + ".md");

    public static readonly DiagnosticDescriptor ResidualMismatch = new(
        Rules.ResidualMismatch,
        "The sides of a residual differ",
        "{0} adds {1} from its body to {2} from its shortcut, but {3}: keep the shape in the body, or change it in the shortcut too, "
        + "with Projection = true or Shortcut = typeof(…)",
        Declaration, Error, true, null, Pages + Rules.ResidualMismatch + ".md");

    public static readonly DiagnosticDescriptor NotInBlock = new(
        Rules.NotInBlock,
        "Inputs and losses belong to the network",
        "{0} cannot be in a block, which takes its shape from where it is used and has no end of its own: move it to the network",
        Declaration, Error, true, null, Pages + Rules.NotInBlock + ".md");

    public static readonly DiagnosticDescriptor TooManyLayers = new(
        Rules.TooManyLayers,
        "Too many layers",
        "With {0} blocks would stand for more than {1} layers, the most that are compiled: repeat less",
        Declaration, Error, true, null, Pages + Rules.TooManyLayers + ".md");

    public static readonly DiagnosticDescriptor NothingToFreeze = new(
        Rules.NothingToFreeze,
        "There is nothing to freeze",
        "'{0}' is no network that can be compiled, so that it has nothing to freeze: name a class with [Network] and layers",
        Declaration, Error, true, null, Pages + Rules.NothingToFreeze + ".md");

    public static readonly DiagnosticDescriptor NoWeights = new(
        Rules.NoWeights,
        "No such file of weights",
        "The project has no weights '{0}': list the file as <StaticNetWeights Include=\"{0}\" />. There are: {1}.",
        Declaration, Error, true, null, Pages + Rules.NoWeights + ".md");

    public static readonly DiagnosticDescriptor WeightsDoNotFit = new(
        Rules.WeightsDoNotFit,
        "The weights are of another network",
        "'{0}' is not of {1}: {2}. Save the file again from this {1}.",
        Declaration, Error, true, null, Pages + Rules.WeightsDoNotFit + ".md");

    /// <summary>The rules about declarations, by the id that findings have.</summary>
    public static readonly ImmutableDictionary<string, DiagnosticDescriptor> OfFindings = new[]
    {
        NotPartial, NoInput, ShapeMismatch, UnknownName, DuplicateName, InvalidName, InvalidArgument, SpreadLayers, LossDoesNotFit,
        ActivationAppliedTwice, UnusedValue, NestedOrGeneric, AmbiguousInput, AfterLoss, SigmoidWithClassLoss, UnsuitableClass, TooLarge,
        InputAfterLayer, NoLayers, ProbabilitiesExpected, BiasBeforeNormalization, TooManyInputs, BlockCycle, NoBlock, ResidualMismatch,
        NotInBlock, TooManyLayers, NothingToFreeze, NoWeights, WeightsDoNotFit,
    }.ToImmutableDictionary(descriptor => descriptor.Id, StringComparer.Ordinal);
}
