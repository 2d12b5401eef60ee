using System.ComponentModel;

namespace StaticNet.Execution;

/// <summary>A range of one axis and where it goes on the same axis of another value.</summary>
/// <param name="Source">The extent of the axis where the range comes from.</param>
/// <param name="From">Where the range begins there.</param>
/// <param name="Target">The extent of the axis where the range goes.</param>
/// <param name="To">Where the range begins there.</param>
/// <param name="Length">How long it is.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct BoxRange(int Source, int From, int Target, int To, int Length);

/// <summary>
/// A box of a value that goes to a place in another: values are lines of rows of columns, as images are, and how many lines follow one
/// another does not matter.
/// </summary>
/// <param name="Lines">Which lines of how many.</param>
/// <param name="Rows">Which rows of a line.</param>
/// <param name="Columns">Which columns of a row.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct RowBox(BoxRange Lines, BoxRange Rows, BoxRange Columns);
