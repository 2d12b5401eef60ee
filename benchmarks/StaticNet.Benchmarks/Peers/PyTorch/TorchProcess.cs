using System.ComponentModel;
using System.Diagnostics;

namespace StaticNet.Benchmarks.Peers.PyTorch;

/// <summary>The child process that runs one of PyTorch's scripts: one line in, one line out.</summary>
internal sealed class TorchProcess : IDisposable
{
    private readonly Process _process;

    private TorchProcess(Process process, string version)
    {
        _process = process;
        Version = version;
    }

    public string Version { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="script">Answers commands.</param>
    /// <param name="missing">What to tell a user where there is no PyTorch, or none that can run it.</param>
    public static TorchProcess? TryStart(string script, out string? missing)
    {
        var start = new ProcessStartInfo(PeerSetup.Python, [script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Without these the allocator maps and unmaps every large tensor, which makes training several times slower.
        start.Environment["MALLOC_MMAP_THRESHOLD_"] = "8589934592";
        start.Environment["MALLOC_TRIM_THRESHOLD_"] = "8589934592";
        start.Environment["MALLOC_TOP_PAD_"] = "1073741824";
        missing = null;
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            missing = PeerSetup.Missing("PyTorch", "pytorch");
            return null;
        }

        if (process.StandardOutput.ReadLine() is { } version)
        {
            return new(process, version);
        }

        var error = process.StandardError.ReadToEnd();
        process.Dispose();
        missing = error.Contains("No module named 'torch'", StringComparison.Ordinal) ? PeerSetup.Missing("PyTorch", "pytorch")
            : error.Contains("has no GPU", StringComparison.Ordinal)
                ? $"{error.Trim()} Only StaticNet is timed: name a Python whose PyTorch has one in STATICNET_PYTHON."
            : throw new InvalidOperationException($"PyTorch did not start:\n{error}");
        return null;
    }

    public string Ask(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"PyTorch ended:\n{_process.StandardError.ReadToEnd()}");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
