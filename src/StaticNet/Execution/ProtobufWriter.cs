using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace StaticNet.Execution;

/// <summary>
/// A message in the wire format of protocol buffers, as it grows, field by field:
/// https://protobuf.dev/programming-guides/encoding. Who writes knows the numbers of the fields.
/// </summary>
internal sealed class ProtobufWriter
{
    private const int Varint = 0;
    private const int EightBytes = 1;
    private const int Block = 2;
    private const int FourBytes = 5;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>The message so far.</summary>
    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    /// <summary>An integer, a truth value or a member of an enumeration.</summary>
    public ProtobufWriter Integer(int field, long value)
    {
        Key(field, Varint);
        Number((ulong)value);
        return this;
    }

    public ProtobufWriter Float(int field, float value)
    {
        Key(field, FourBytes);
        BinaryPrimitives.WriteSingleLittleEndian(_bytes.GetSpan(sizeof(float)), value);
        _bytes.Advance(sizeof(float));
        return this;
    }

    public ProtobufWriter Double(int field, double value)
    {
        Key(field, EightBytes);
        Append(value);
        return this;
    }

    /// <summary>A repeated field of doubles, packed.</summary>
    public ProtobufWriter Doubles(int field, ReadOnlySpan<double> values)
    {
        Head(field, (long)values.Length * sizeof(double));
        foreach (var value in values)
        {
            Append(value);
        }

        return this;
    }

    public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Head(field, value.Length);
        _bytes.Write(value);
        return this;
    }

    public ProtobufWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtobufWriter Message(int field, ProtobufWriter message) => Bytes(field, message.Written);

    /// <summary>The beginning of a field of bytes, or of a message, whose content is written elsewhere.</summary>
    /// <param name="field">Its number.</param>
    /// <param name="length">The bytes that follow.</param>
    public ProtobufWriter Head(int field, long length)
    {
        Key(field, Block);
        Number((ulong)length);
        return this;
    }

    /// <summary>Fields that were written apart.</summary>
    public ProtobufWriter Append(ProtobufWriter fields)
    {
        _bytes.Write(fields.Written);
        return this;
    }

    private void Key(int field, int wireType) => Number(((ulong)field << 3) | (uint)wireType);

    private void Append(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(_bytes.GetSpan(sizeof(double)), value);
        _bytes.Advance(sizeof(double));
    }

    /// <summary>Seven bits in each byte, the lowest first; the eighth says that there are more.</summary>
    private void Number(ulong value)
    {
        for (; value > 0x7F; value >>= 7)
        {
            _bytes.Write([(byte)(value | 0x80)]);
        }

        _bytes.Write([(byte)value]);
    }
}
