namespace StaticNet.Generators.Parsing;

/// <summary>What operands of products are rounded to on GPUs, by the numbers of the library's <c>Precision</c>.</summary>
internal enum ProductPrecision
{
    Float32,
    TensorFloat32,
    BFloat16,
}
