using System.Buffers.Binary;
using System.Text;

namespace StaticNet.Onnx.Tests;

/// <summary>A message of protocol buffers, taken apart by the rules of its wire format alone.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<(int Field, object Value)> _fields = [];

    public ProtobufMessage(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var key = Varint(ref bytes);
            object value = (key & 7) switch
            {
                0 => (long)Varint(ref bytes),
                1 => BinaryPrimitives.ReadDoubleLittleEndian(Take(ref bytes, sizeof(double)).Span),
                2 => Take(ref bytes, (int)Varint(ref bytes)),
                5 => BinaryPrimitives.ReadSingleLittleEndian(Take(ref bytes, sizeof(float)).Span),
                var type => throw new InvalidDataException($"There is no wire type {type}."),
            };
            _fields.Add(((int)(key >> 3), value));
        }
    }

    public IEnumerable<T> All<T>(int field) => _fields.Where(f => f.Field == field).Select(f => (T)f.Value);

    public IEnumerable<ProtobufMessage> Messages(int field) => All<ReadOnlyMemory<byte>>(field).Select(bytes => new ProtobufMessage(bytes));

    public IEnumerable<string> Texts(int field) => All<ReadOnlyMemory<byte>>(field).Select(bytes => Encoding.UTF8.GetString(bytes.Span));

    public long Integer(int field) => All<long>(field).Single();

    public string Text(int field) => Texts(field).Single();

    public ProtobufMessage Message(int field) => Messages(field).Single();

    private static ulong Varint(ref ReadOnlyMemory<byte> bytes)
    {
        for (var (value, shift) = (0UL, 0); ; shift += 7)
        {
            var next = Take(ref bytes, 1).Span[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> bytes, int count)
    {
        var taken = bytes[..count];
        bytes = bytes[count..];
        return taken;
    }
}
