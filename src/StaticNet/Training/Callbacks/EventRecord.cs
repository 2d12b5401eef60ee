using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace StaticNet.Execution;

/// <summary>
/// The records of a TensorBoard event file: length, checksum of the length, an <c>Event</c> message of protocol buffers, its checksum.
/// Field numbers are those of TensorFlow's event.proto and summary.proto.
/// </summary>
internal static class EventRecord
{
    private const int Varint = 0;
    private const int Double = 1;
    private const int Bytes = 2;
    private const int Float = 5;

    /// <summary>The record that must come first.</summary>
    public static byte[] FileVersion(double time) => Frame(Event(time, null, 3, Encoding.ASCII.GetBytes("brain.Event:2")));

    /// <summary>A number at a step.</summary>
    public static byte[] Scalar(double time, long step, string tag, float value) =>
        Summary(time, step, tag, message => message.Key(2, Float).Float(value));

    /// <summary>A distribution at a step.</summary>
    public static byte[] Histogram(double time, long step, string tag, Histogram histogram)
    {
        var message = new Message();
        double[] scalars = [histogram.Minimum, histogram.Maximum, histogram.Count, histogram.Sum, histogram.SumOfSquares];
        for (var i = 0; i < scalars.Length; i++)
        {
            message.Key(i + 1, Double).Double(scalars[i]);
        }

        message.Doubles(6, histogram.Limits).Doubles(7, histogram.Counts);
        return Summary(time, step, tag, value => value.Key(5, Bytes).Block(message.ToArray()));
    }

    private static byte[] Summary(double time, long step, string tag, Action<Message> write)
    {
        var value = new Message().Key(1, Bytes).Block(Encoding.UTF8.GetBytes(tag));
        write(value);
        return Frame(Event(time, step, 5, new Message().Key(1, Bytes).Block(value.ToArray()).ToArray()));
    }

    private static byte[] Event(double time, long? step, int field, byte[] content)
    {
        var message = new Message().Key(1, Double).Double(time);
        if (step is { } number)
        {
            message.Key(2, Varint).Number((ulong)number);
        }

        return message.Key(field, Bytes).Block(content).ToArray();
    }

    private static byte[] Frame(byte[] payload)
    {
        var record = new byte[sizeof(ulong) + sizeof(uint) + payload.Length + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(sizeof(ulong)), Checksum(record.AsSpan(0, sizeof(ulong))));
        payload.CopyTo(record, sizeof(ulong) + sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(record.Length - sizeof(uint)), Checksum(payload));
        return record;
    }

    /// <summary>CRC-32C, rotated and shifted, since a checksum of data with checksums in it would be weak.</summary>
    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return unchecked(BitOperations.RotateRight(~crc, 15) + 0xa282ead8);
    }

    /// <summary>A message of protocol buffers as it grows.</summary>
    private sealed class Message
    {
        private readonly List<byte> _bytes = [];

        public Message Key(int field, int wireType) => Number((ulong)((field << 3) | wireType));

        public Message Number(ulong value)
        {
            for (; value > 0x7F; value >>= 7)
            {
                _bytes.Add((byte)(value | 0x80));
            }

            _bytes.Add((byte)value);
            return this;
        }

        public Message Double(double value)
        {
            Span<byte> bytes = stackalloc byte[sizeof(double)];
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
            _bytes.AddRange(bytes);
            return this;
        }

        public Message Float(float value)
        {
            Span<byte> bytes = stackalloc byte[sizeof(float)];
            BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
            _bytes.AddRange(bytes);
            return this;
        }

        public Message Block(byte[] content)
        {
            Number((ulong)content.Length);
            _bytes.AddRange(content);
            return this;
        }

        public Message Doubles(int field, double[] values)
        {
            Key(field, Bytes).Number((ulong)values.Length * sizeof(double));
            foreach (var value in values)
            {
                Double(value);
            }

            return this;
        }

        public byte[] ToArray() => [.. _bytes];
    }
}
