using System.Diagnostics.CodeAnalysis;
using StaticNet.PtxVm.Parsing;

namespace StaticNet.PtxVm.Driver;

/// <summary>A module that was loaded.</summary>
internal sealed record Module(PtxModule Source);

/// <summary>A kernel of a module, and the dynamic shared memory it was allowed to have.</summary>
internal sealed class Function(Module module, Kernel kernel)
{
    public Module Module => module;

    public Kernel Kernel => kernel;

    public int MaximumDynamicShared { get; set; } = 48 * 1024;
}

/// <summary>Gives objects handles that are never used again.</summary>
internal sealed class HandleTable
{
    private readonly Dictionary<nint, object> objects = [];
    private nint next = 0x5000_0000;

    public nint Add(object value)
    {
        next += 16;
        objects.Add(next, value);
        return next;
    }

    public bool TryGet<T>(nint handle, [NotNullWhen(true)] out T? value)
        where T : class
    {
        value = objects.GetValueOrDefault(handle) as T;
        return value is not null;
    }

    public IEnumerable<T> All<T>() => objects.Values.OfType<T>();

    public int Count<T>() => objects.Values.Count(value => value is T);

    public void Remove(nint handle) => objects.Remove(handle);

    public void RemoveAll(Func<object, bool> condition)
    {
        foreach (var (handle, _) in objects.Where(entry => condition(entry.Value)).ToList())
            objects.Remove(handle);
    }

    public void Clear() => objects.Clear();
}
