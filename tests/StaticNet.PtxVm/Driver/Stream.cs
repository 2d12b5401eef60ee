namespace StaticNet.PtxVm.Driver;

/// <summary>A stream: work in its order, done at once or when it is waited for.</summary>
internal sealed class Stream(bool isBlocking)
{
    private readonly Queue<Action> work = [];

    /// <summary>Whether it waits for the default stream, and that one for it.</summary>
    public bool IsBlocking => isBlocking;

    /// <summary>The capture it takes part in, or null.</summary>
    public Capture? Capture { get; set; }

    /// <summary>How many pieces of work it was ever given.</summary>
    public long Given { get; private set; }

    private long Done { get; set; }

    public void Add(Action piece)
    {
        work.Enqueue(piece);
        Given++;
    }

    /// <summary>Does its work up to a piece.</summary>
    public void Finish(long until)
    {
        while (Done < until)
        {
            Done++;
            work.Dequeue()();
        }
    }

    public bool IsDone(long until) => Done >= until;
}

/// <summary>A point in a stream, or in what is captured of one.</summary>
internal sealed class Event
{
    public Stream? Stream { get; private set; }

    public Capture? Capture { get; private set; }

    /// <summary>The pieces of work before it.</summary>
    public long Position { get; private set; }

    public void Record(Stream stream)
    {
        Stream = stream;
        Capture = stream.Capture;
        Position = stream.Capture?.Length(stream) ?? stream.Given;
    }
}

/// <summary>What a capture has collected so far.</summary>
internal sealed class Capture(Stream origin, bool isRelaxed)
{
    private readonly Dictionary<Stream, int> lengths = new() { [origin] = 0 };
    private readonly Dictionary<Stream, long> joined = [];

    public Stream Origin => origin;

    /// <summary>Whether calls that could interfere are allowed meanwhile.</summary>
    public bool IsRelaxed => isRelaxed;

    public bool IsInvalidated { get; set; }

    public bool HasEnded { get; set; }

    public List<Action> Nodes { get; } = [];

    public IEnumerable<Stream> Streams => lengths.Keys;

    /// <summary>Whether everything captured in other streams comes before something in the one where it began.</summary>
    public bool IsJoined => lengths.All(entry => entry.Key == origin || (joined.TryGetValue(entry.Key, out var until) && until >= entry.Value));

    public int Length(Stream stream) => lengths[stream];

    public void Add(Stream stream, Action node)
    {
        Nodes.Add(node);
        lengths[stream]++;
    }

    /// <summary>A stream waits for an event of the capture, and so takes part in it.</summary>
    public void Join(Stream stream, Event point)
    {
        if (lengths.TryAdd(stream, 0))
            stream.Capture = this;
        else
            joined[point.Stream!] = Math.Max(joined.GetValueOrDefault(point.Stream!), point.Position);

        lengths[stream]++;
    }
}

/// <summary>What was captured, in an order that keeps to all that it waits for.</summary>
internal sealed record Graph(IReadOnlyList<Action> Nodes);

/// <summary>A graph that can be launched.</summary>
internal sealed record GraphExecutable(IReadOnlyList<Action> Nodes);
