using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>
/// Writes the kernel of a product that needs no tiles: of few terms and columns, or of columns that each have an operand of their own, as
/// channels do that each have a window of their own. There is a thread for each sum, neighbours for neighbouring columns.
/// </summary>
internal sealed class DirectEmitter
{
    public const int Threads = 128;

    /// <summary>Terms that a thread sums in the time that it takes to add parts of sums.</summary>
    public const int TermsOfPart = 8;

    /// <summary>The longest chain of additions.</summary>
    private const int Chain = 512;

    /// <summary>Terms that are written one by one; more are a loop.</summary>
    private const int FewTerms = 32;

    private readonly PtxWriter _writer;
    private readonly Product _product;
    private readonly int _splits;
    private readonly PtxOperands _operands;
    private readonly IReadOnlyList<ProductDimension> _lanes;
    private readonly TensorAccess _a;
    private readonly TensorAccess _b;

    public DirectEmitter(PtxWriter writer, Product product, int splits, PtxOperands operands)
    {
        (_writer, _product, _splits, _operands, _lanes) = (writer, product, splits, operands, [.. product.Z, .. product.N]);
        _a = new(writer, product.A, operands.Plan[product.A], product.AMap, product.Contract.Domain);
        _b = new(writer, product.B, operands.Plan[product.B], product.BMap, product.Contract.Domain);
    }

    /// <summary>Sums of one row: columns, for weights those behind the last too, whose sums are zero.</summary>
    public static int Lanes(Product product)
    {
        var columns = Product.Size(product.Z) * Product.Size(product.N);
        return product.Result.Shape.HasBatch ? columns : Padding.To16(columns);
    }

    /// <summary>
    /// How far behind the only column a thread's is, where no dimension counts columns: an output of weights that are one number, and the
    /// padding behind it. Otherwise the point says all, and this is nothing.
    /// </summary>
    public PtxValue Behind { get; private set; } = 0;

    /// <summary>Writes the sum of each thread and calls <paramref name="body"/> with it, which part of the terms it is of, and its point.</summary>
    public void Write(Action<PtxValue, PtxValue, IReadOnlyDictionary<int, PtxValue>> body)
    {
        var lanes = Lanes(_product);
        var flat = _writer.Add(_writer.Multiply(_writer.Block('x'), Threads), _writer.Thread);
        var rows = ProductIndex.Count(_writer, _writer.Batch, _product.M);
        _writer.ExitIf(_writer.Compare(PtxComparison.GreaterOrEqual, flat, _writer.Multiply(rows, lanes)));
        var (row, lane, part) = (_writer.Divide(flat, lanes), _writer.Remainder(flat, lanes), _writer.Block('z'));
        var values = ProductIndex.Split(_writer, row, _product.M);
        foreach (var pair in ProductIndex.Split(_writer, lane, _lanes))
        {
            values[pair.Key] = pair.Value;
        }

        var columns = Product.Size(_lanes);
        Behind = _lanes.Count == 0 ? lane : 0;
        PtxValue? isLane = lanes == columns ? null : _writer.Compare(PtxComparison.Less, lane, columns);
        var (a, b) = (_a.Part(values, withOffsets: true, isLane), _b.Part(values, withOffsets: true, isLane));
        var sum = _writer.Variable(PtxValue.Float(0));
        if (!_product.IsZero)
        {
            WriteTerms(part, sum, term =>
            {
                var place = ProductIndex.Split(_writer, term, _product.K);
                _writer.Accumulate(sum, Load(_a, _product.A, a, place), Load(_b, _product.B, b, place));
            });
        }

        body(sum, part, values);
    }

    private void WriteTerms(PtxValue part, PtxValue sum, Action<PtxValue> term)
    {
        var count = ProductIndex.Count(_writer, _writer.Batch, _product.K);
        if (count.Constant is <= FewTerms and var few)
        {
            for (var k = 0; k < few; k++)
            {
                term(k);
            }

            return;
        }

        var length = _writer.Divide(_writer.Add(count, _splits - 1), _splits);
        var first = _writer.Multiply(part, length);
        var end = _writer.MinimumWord(_writer.Add(first, length), count);
        if (count.Constant <= Chain)
        {
            _writer.For(first, end, 1, term);
            return;
        }

        var pieces = _writer.Variable(PtxValue.Float(0));
        _writer.For(first, end, Chain, begin =>
        {
            _writer.For(begin, _writer.MinimumWord(_writer.Add(begin, Chain), end), 1, term);
            _writer.Increase(pieces, sum);
            _writer.Set(sum, PtxValue.Float(0));
        });
        _writer.Set(sum, pieces);
    }

    private PtxValue Load(TensorAccess access, Node node, AccessPart part, IReadOnlyDictionary<int, PtxValue> term)
    {
        var (offset, inside) = access.Combine(part, access.Part(term, withOffsets: false, isInside: null));
        return _writer.LoadGlobalWhere(inside, _writer.Address(_operands.Address(node), offset))[0];
    }
}
