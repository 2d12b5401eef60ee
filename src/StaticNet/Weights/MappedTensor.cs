using System.Buffers.Binary;

namespace StaticNet;

/// <summary>The real numbers of a tensor in a mapped file, as 32-bit floats.</summary>
internal readonly unsafe struct MappedTensor
{
    private readonly byte* _data;
    private readonly string _type;
    private readonly int _size;
    private readonly long _length;

    /// <param name="data">Where it begins; of any alignment.</param>
    /// <param name="entry">What the header says of it.</param>
    public MappedTensor(byte* data, SafetensorsEntry entry)
    {
        _data = data;
        _type = entry.Type;
        _size = entry.Type switch
        {
            "F64" => sizeof(double),
            "F32" => sizeof(float),
            "F16" or "BF16" => sizeof(ushort),
            _ => throw new WeightFormatException($"Tensor '{entry.Name}' has elements of type {entry.Type}, which are no real numbers."),
        };
        _length = (entry.End - entry.Begin) / _size;
    }

    /// <summary>One element, counted as they lie in the file.</summary>
    public float this[long index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)index, (ulong)_length, nameof(index));
            var element = new ReadOnlySpan<byte>(_data + (index * _size), _size);
            return _size switch
            {
                sizeof(float) => BinaryPrimitives.ReadSingleLittleEndian(element),
                sizeof(double) => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
                _ when _type == "F16" => (float)BinaryPrimitives.ReadHalfLittleEndian(element),
                _ => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(element) << 16),
            };
        }
    }
}
