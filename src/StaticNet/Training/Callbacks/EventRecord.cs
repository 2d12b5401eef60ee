using System.Buffers.Binary;
using System.Numerics;

namespace StaticNet.Execution;

/// <summary>
/// The records of a TensorBoard event file: length, checksum of the length, an <c>Event</c> message of protocol buffers, its checksum.
/// Field numbers are those of TensorFlow's event.proto and summary.proto.
/// </summary>
internal static class EventRecord
{
    /// <summary>The record that must come first.</summary>
    public static byte[] FileVersion(double time) => Frame(new ProtobufWriter().Double(1, time).Text(3, "brain.Event:2"));

    /// <summary>A number at a step.</summary>
    public static byte[] Scalar(double time, long step, string tag, float value) =>
        Summary(time, step, new ProtobufWriter().Text(1, tag).Float(2, value));

    /// <summary>A distribution at a step.</summary>
    public static byte[] Histogram(double time, long step, string tag, Histogram histogram)
    {
        var message = new ProtobufWriter()
            .Double(1, histogram.Minimum)
            .Double(2, histogram.Maximum)
            .Double(3, histogram.Count)
            .Double(4, histogram.Sum)
            .Double(5, histogram.SumOfSquares)
            .Doubles(6, histogram.Limits)
            .Doubles(7, histogram.Counts);
        return Summary(time, step, new ProtobufWriter().Text(1, tag).Message(5, message));
    }

    private static byte[] Summary(double time, long step, ProtobufWriter value) =>
        Frame(new ProtobufWriter().Double(1, time).Integer(2, step).Message(5, new ProtobufWriter().Message(1, value)));

    private static byte[] Frame(ProtobufWriter message)
    {
        var payload = message.Written;
        var record = new byte[sizeof(ulong) + sizeof(uint) + payload.Length + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(sizeof(ulong)), Checksum(record.AsSpan(0, sizeof(ulong))));
        payload.CopyTo(record.AsSpan(sizeof(ulong) + sizeof(uint)));
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
}
