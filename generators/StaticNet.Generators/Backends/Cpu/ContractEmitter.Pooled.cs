using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>Windows over the lines of a contraction: sums are in memory of the thread's own until the places are made of them.</summary>
internal sealed partial class ContractEmitter
{
    private PooledLines? Pooled => _kernel.Pooled;

    /// <summary>Floats of scratch that the lines of a row of tiles take, with which it begins.</summary>
    public int PooledFloats => Pooled is null ? 0 : WinogradTiles.Size * Tiles.Width * PooledLines.Stride;

    /// <summary>What the windows touch besides the sums.</summary>
    private IEnumerable<(string Name, Node Node, Placement Placement)> PooledItems => _operands.Items.Skip(3);

    /// <summary>Adds what makes a line of places from the sums of so many columns: the epilogue of each cell, then the window.</summary>
    private string AddPooled(KernelLibrary library, int columns) => library.AddPart(
        $"Pooled{columns}",
        $"what follows the sums of a panel of {columns} columns, and {GraphText.Of(Pooled!.Pool.Pool.Operation)}",
        (writer, dialect) =>
        {
            var (pooled, epilogue) = (Pooled!, _kernel.Epilogue);
            var loops = new WindowLoops(writer, pooled.Shape, isOneLine: true);
            var places = new PoolPlaces(writer, dialect, pooled.Pool, _kernel.Writes, _operands, [.. PooledItems]);
            writer.Line(KernelLibrary.Optimized);
            using (writer.Braces($"private static void {KernelLibrary.Name}({References(_operands.Items.Skip(2))})"))
            {
                loops.PlacesOfLine(isUnrolled => places.Gather(loops, columns, isUnrolled, (cell, block) =>
                {
                    // What cells have in common is loaded for the first.
                    var values = new RowValues(writer, dialect, epilogue, _operands, dialect.Parts, places.Emitter, []);
                    foreach (var read in epilogue.Reads)
                    {
                        values.Vectors(read, block);
                    }

                    var sums = block.Copy();
                    sums.Values[_contract.Result] = [.. Enumerable.Range(0, dialect.Parts).Select(part => places.Emitter.Declare(
                        RowValues.LoadPart(dialect, _c, $"({cell} * {PooledLines.Stride}) + {block.At(part * dialect.Lanes)}", block.Valid - (part * dialect.Lanes), padded: true)))];
                    return values.Vectors(pooled.Pool.Pool.Operands[0], sums);
                }));
            }
        });

    /// <summary>Calls it for the line of places <c>y</c> of a sample, the first of whose rows is <c>firstRow</c>.</summary>
    private string CallPooled(string method, string sums) =>
        $"{method}({sums}, {string.Join(", ", PooledItems.Select(AtRow))});";
}
