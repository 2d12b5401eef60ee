namespace StaticNet.Tests;

/// <summary>
/// For tests that watch the whole process, such as its allocations or the one worker pool: they run with no other test beside
/// them. Put <c>[Collection("Alone")]</c> on the class.
/// </summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
#pragma warning disable CA1711 // xUnit calls these collections.
public sealed class AloneCollection;
#pragma warning restore CA1711
