using System.Diagnostics;

namespace StaticNet.Benchmarks.Peers.PyTorch;

/// <summary>The child process that runs <c>torch_training.py</c>: one line in, one line out.</summary>
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

    /// <returns>Null when PyTorch is not installed.</returns>
    public static TorchProcess? TryStart()
    {
        if (!File.Exists(PeerSetup.SystemPython))
        {
            return null;
        }

        var start = new ProcessStartInfo(PeerSetup.SystemPython, [PeerSetup.TrainingScript])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Without these the allocator maps and unmaps every large tensor, which makes training several times slower.
        start.Environment["MALLOC_MMAP_THRESHOLD_"] = "8589934592";
        start.Environment["MALLOC_TRIM_THRESHOLD_"] = "8589934592";
        start.Environment["MALLOC_TOP_PAD_"] = "1073741824";
        var process = Process.Start(start)!;
        if (process.StandardOutput.ReadLine() is { } version)
        {
            return new(process, version);
        }

        var error = process.StandardError.ReadToEnd();
        process.Dispose();
        return error.Contains("No module named 'torch'", StringComparison.Ordinal)
            ? null
            : throw new InvalidOperationException($"PyTorch did not start:\n{error}");
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
