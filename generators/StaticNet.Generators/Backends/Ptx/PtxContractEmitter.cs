using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>
/// The kernels of a contraction: one for each product that makes a part of its result, and where blocks share the terms of long sums
/// another that adds theirs, always in the same order.
/// </summary>
internal static class PtxContractEmitter
{
    private const int FoldThreads = 256;

    /// <summary>Parts of sums that a thread reads at once.</summary>
    private const int PartsAtOnce = 4;

    public static IReadOnlyList<PtxKernel> Emit(ContractKernel kernel, MemoryPlan plan, PtxOptions? options = null)
    {
        var precision = TileShape.PrecisionOf(kernel.Contract.Result, options ?? PtxOptions.Default);
        return
        [
            .. Product.Of(kernel.Contract.Result)
                .SelectMany(product => IsDirect(product) || (precision == ProductPrecision.Float32 && IsSmall(product)) ? Direct(kernel, product, plan) : Tiled(kernel, product, plan, TileShape.Of(product, precision, Splits(product)))),
        ];
    }

    /// <summary>Floats of work area for the sums of parts of the terms: for each sample where the result has samples.</summary>
    public static int SumFloats(Kernel kernel) => kernel is ContractKernel contract ? SumFloats(contract.Contract.Result) : 0;

    /// <inheritdoc cref="SumFloats(Kernel)"/>
    public static int SumFloats(Node result) => Product.Of(result) is { Count: 1 } products && Splits(products[0]) is > 1 and var splits
        ? splits * (result.Shape.HasBatch ? Fuse.Rows(result) * PartSums.Pitch(result) : StorageFloats(result))
        : 0;

    /// <summary>Terms times columns, or rows times columns of weights, that are too few for tiles.</summary>
    private const int FewProducts = 256;

    private static bool IsSmall(Product product) => product.Z.Count == 0
        && Product.Size(product.N) * (product.Result.Shape.HasBatch ? Product.Size(product.K) : Product.Size(product.M)) <= FewProducts;

    private static bool IsDirect(Product product) => product.N.Count == 0;

    private static int Splits(Product product) =>
        IsDirect(product) || IsSmall(product) ? Product.HasBatch(product.K) ? TileShape.Splits(product, DirectEmitter.TermsOfPart) : 1
        : product.Z.Count > 0 || Product.Of(product.Result).Count > 1 ? 1 : TileShape.Splits(product);

    /// <summary>Floats that weights take: whole vectors of 16 outputs.</summary>
    private static int StorageFloats(Node weights) => Padding.To16(weights.Shape[0].Size) * (weights.Shape.ConstantSize / weights.Shape[0].Size);

    private static IEnumerable<PtxKernel> Tiled(ContractKernel kernel, Product product, MemoryPlan plan, TileShape tile)
    {
        var writer = new PtxWriter();
        var operands = new PtxOperands(writer, plan);
        var (splits, result) = (Splits(product), product.Result);
        var sums = new ProductEmitter(writer, product, tile, splits, operands);
        sums.Write();
        var rows = new ProductEpilogue(writer, product, tile, sums);
        if (result.Shape.HasBatch)
        {
            rows.Write(new SumEpilogue(writer, kernel, product, operands) { Parts = splits > 1 ? new PartSums(writer, operands, result, sums.Split) : null });
        }
        else
        {
            var target = splits > 1 ? plan.Sums(result) : plan.Targets(result)[0];
            var address = operands.Address(result, target);
            rows.WriteWeights(
                new(writer, result, plan.Targets(result)[0], product.CMap, product.Contract.Domain),
                splits > 1 ? writer.Address(address, writer.Multiply(sums.Split, StorageFloats(result))) : address);
        }

        var (m, n, k) = (Product.Size(product.M), Product.Size(product.N), Product.Size(product.K));
        yield return new PtxKernel(
            $"product_{Suffix(tile.Precision)}{Label(product.M, m)}x{n}x{Label(product.K, k)}",
            Describe(splits > 1 && result.Shape.HasBatch ? [] : kernel.Epilogue.Nodes, product, operands, $"tiles of {tile.M} × {tile.N}, {tile.K} terms at a time{Rounding(tile.Precision)}"),
            writer, operands, tile.Threads, Blocks(product, m, tile.M))
        {
            Y = new(TileShape.Tiles(n, tile.N)),
            Z = new(Product.Size(product.Z) * splits),
            SharedBytes = sums.SharedBytes,
            BlocksAtOnce = tile.BlocksAtOnce,
        };
        if (splits > 1)
        {
            yield return result.Shape.HasBatch ? FoldRows(kernel, product, plan, splits) : Fold(result, plan, splits);
        }
    }

    private static IEnumerable<PtxKernel> Direct(ContractKernel kernel, Product product, MemoryPlan plan)
    {
        var writer = new PtxWriter();
        var operands = new PtxOperands(writer, plan);
        var (splits, result) = (Splits(product), product.Result);
        var direct = new DirectEmitter(writer, product, splits, operands);
        direct.Write((sum, part, values) =>
        {
            if (result.Shape.HasBatch)
            {
                var epilogue = new SumEpilogue(writer, kernel, product, operands);
                var column = epilogue.Column(values);
                epilogue.Prepare(column, 1);
                epilogue.Write([sum], epilogue.Row(values), column);
                return;
            }

            var target = splits > 1 ? plan.Sums(result) : plan.Targets(result)[0];
            var place = new TensorAccess(writer, result, plan.Targets(result)[0], product.CMap, product.Contract.Domain);
            var offset = writer.MultiplyAdd(part, splits > 1 ? StorageFloats(result) : 0, place.Combine(place.Part(values, withOffsets: true, isInside: null), AccessPart.None).Offset);
            writer.StoreGlobal(writer.Address(operands.Address(result, target), writer.Add(offset, direct.Behind)), 0, sum);
        });

        var (m, z, k) = (Product.Size(product.M), DirectEmitter.Lanes(product), Product.Size(product.K));
        yield return new PtxKernel(
            $"direct_{Label(product.M, m)}x{z}x{Label(product.K, k)}",
            Describe(kernel.Epilogue.Nodes, product, operands, "a thread for each sum"),
            writer, operands, DirectEmitter.Threads, Blocks(product, m * z, DirectEmitter.Threads))
        {
            Z = new(splits),
        };
        if (splits > 1)
        {
            yield return Fold(result, plan, splits);
        }
    }

    /// <summary>Adds the sums of parts of the terms, in their order.</summary>
    private static PtxKernel Fold(Node result, MemoryPlan plan, int splits)
    {
        var writer = new PtxWriter();
        var operands = new PtxOperands(writer, plan);
        var floats = StorageFloats(result);
        var element = writer.Multiply(writer.Add(writer.Multiply(writer.Block('x'), FoldThreads), writer.Thread), 4);
        writer.ExitIf(writer.Compare(PtxComparison.GreaterOrEqual, element, floats));
        var parts = writer.Address(operands.Address(result, plan.Sums(result)), element);
        PtxValue[] sums = [.. writer.LoadGlobal(parts, 0, 4).Select(writer.Variable)];
        writer.ForSeveral(1, splits, 1, Math.Min(splits - 1, PartsAtOnce), part =>
        {
            foreach (var (sum, next) in sums.Zip(writer.LoadGlobal(writer.Address(parts, writer.Multiply(part, floats)), 0, 4), (sum, next) => (sum, next)))
            {
                writer.Increase(sum, next);
            }
        });

        foreach (var target in plan.Targets(result))
        {
            writer.StoreGlobal(writer.Address(operands.Address(result, target), element), 0, sums);
        }

        return new($"fold_{splits}x{floats}", $"The sums of {splits} parts together, in their order.", writer, operands, FoldThreads, new(TileShape.Tiles(floats / 4, FoldThreads)));
    }

    /// <summary>Adds the sums of parts of the terms, in their order, and does with them what follows.</summary>
    private static PtxKernel FoldRows(ContractKernel kernel, Product product, MemoryPlan plan, int splits)
    {
        var writer = new PtxWriter();
        var operands = new PtxOperands(writer, plan);
        var result = product.Result;
        var (rows, columns) = (Fuse.Rows(result), result.Shape.Last.Size);
        var width = columns % 4 == 0 ? 4 : 1;
        var (row, column) = PtxItems.BeginRows(writer, rows, columns, width);
        var sums = new PartSums(writer, operands, result, 0).Load(row, column, width);
        for (var part = 1; part < splits; part++)
        {
            var next = new PartSums(writer, operands, result, part).Load(row, column, width);
            sums = [.. sums.Zip(next, writer.Add)];
        }

        var epilogue = new SumEpilogue(writer, kernel, product, operands);
        epilogue.Prepare(column, width);
        epilogue.Write(sums, row, column);
        return new(
            $"fold_{splits}xb{rows}x{columns}",
            operands.Summary($"The sums of {splits} parts together, in their order.", kernel.Epilogue.Nodes, result),
            writer, operands, PtxItems.Threads, PtxItems.Blocks(rows * columns / width, hasBatch: true));
    }

    private static string Label(IReadOnlyList<ProductDimension> dimensions, int size) =>
        Product.HasBatch(dimensions) ? size == 1 ? "b" : $"b{size}" : $"{size}";

    private static string Suffix(ProductPrecision precision) => precision switch
    {
        ProductPrecision.TensorFloat32 => "tf32_",
        ProductPrecision.BFloat16 => "bf16_",
        _ => "",
    };

    private static string Rounding(ProductPrecision precision) => precision switch
    {
        ProductPrecision.TensorFloat32 => ", operands rounded to TensorFloat-32",
        ProductPrecision.BFloat16 => ", operands rounded to bfloat16",
        _ => "",
    };

    private static PtxBlocks Blocks(Product product, int rows, int ofBlock) =>
        Product.HasBatch(product.M) ? new(1, rows, ofBlock) : new(TileShape.Tiles(rows, ofBlock));

    private static string Describe(IEnumerable<Node> epilogue, Product product, PtxOperands operands, string how) =>
        operands.Summary($"{operands.Name(product.A)} × {operands.Name(product.B)}: {how}", epilogue, product.Result);
}
