namespace StaticNet.Tests;

/// <summary>A folder that is gone after the test.</summary>
/// <param name="inMemory">Whether it is in memory where the system has a file system there: a hundred thousand files are three times as fast.</param>
public sealed class TemporaryFolder(bool inMemory = false) : IDisposable
{
    private const string Memory = "/dev/shm";

    private readonly string _path = inMemory && Directory.Exists(Memory)
        ? Directory.CreateDirectory(Path.Combine(Memory, $"staticnet{Guid.NewGuid():N}")).FullName
        : Directory.CreateTempSubdirectory("staticnet").FullName;

    public string this[string name] => Path.Combine(_path, name);

    public string[] Files => [.. Directory.GetFiles(_path).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public string Write(string name, string content)
    {
        File.WriteAllText(this[name], content);
        return this[name];
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
