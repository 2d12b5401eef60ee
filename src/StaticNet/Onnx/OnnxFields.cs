namespace StaticNet.Execution;

/// <summary>
/// The numbers of the fields of ONNX's messages, of those that are used here:
/// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
/// </summary>
internal static class OnnxFields
{
    public static class Model
    {
        public const int IrVersion = 1, ProducerName = 2, ProducerVersion = 3, DocString = 6, Graph = 7, OpsetImport = 8;
    }

    public static class OperatorSet
    {
        public const int Domain = 1, Version = 2;
    }

    public static class Graph
    {
        public const int Node = 1, Name = 2, Initializer = 5, Input = 11, Output = 12;
    }

    public static class Node
    {
        public const int Input = 1, Output = 2, Name = 3, Operation = 4, Attribute = 5, DocString = 6;
    }

    public static class Attribute
    {
        public const int Name = 1, Float = 2, Integer = 3, Text = 4, Integers = 8, Type = 20;
    }

    /// <summary>What <see cref="Attribute.Type"/> says.</summary>
    public static class AttributeType
    {
        public const int Float = 1, Integer = 2, Text = 3, Integers = 7;
    }

    public static class Tensor
    {
        public const int Dimension = 1, ElementType = 2, Name = 8, RawData = 9;
    }

    public static class ElementType
    {
        public const int Float32 = 1, Int64 = 7;
    }

    public static class ValueInfo
    {
        public const int Name = 1, Type = 2;
    }

    public static class ValueType
    {
        public const int Tensor = 1;
    }

    public static class TensorType
    {
        public const int ElementType = 1, Shape = 2;
    }

    public static class Shape
    {
        public const int Dimension = 1;
    }

    public static class Dimension
    {
        public const int Value = 1, Symbol = 2;
    }
}
