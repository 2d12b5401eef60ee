using Microsoft.Build.Framework;
using StaticNet.Execution;
using StaticNet.Generators.Frozen;

namespace StaticNet.Tasks;

/// <summary>
/// Prepares a file of weights for the compiler: a listing, which the generator reads, and the values in the order of the kernels, which
/// become a resource of the assembly.
/// </summary>
public sealed class PrepareWeights : Microsoft.Build.Utilities.Task
{
    /// <summary>The safetensors file.</summary>
    [Required]
    public string Weights { get; set; } = "";

    /// <summary>The name that the resource has in the assembly.</summary>
    [Required]
    public string ResourceName { get; set; } = "";

    /// <summary>Where the listing goes.</summary>
    [Required]
    public string Listing { get; set; } = "";

    /// <summary>Where the resource goes.</summary>
    [Required]
    public string Resource { get; set; } = "";

    /// <inheritdoc />
    public override bool Execute()
    {
        try
        {
            using var file = File.OpenRead(Weights);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Listing))!);

            // Without a listing the build comes here again, whatever happens now.
            File.Delete(Listing);
            using var resource = File.Create(Resource);
            File.WriteAllText(Listing, Prepare(file, ResourceName, resource).ToString());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Log.LogError(null, "SN1004", null, Weights, 0, 0, 0, 0, "'{0}' cannot be frozen: {1}", Weights, e.Message);
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>Writes the resource and gives the listing.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or has what cannot be frozen.</exception>
    internal static WeightListing Prepare(Stream file, string resourceName, Stream resource)
    {
        ListedTensor[] tensors = [.. PrepareTensors(file, resource)];
        return new WeightListing(resourceName, resource.Length / sizeof(float), tensors);
    }

    private static IEnumerable<ListedTensor> PrepareTensors(Stream file, Stream resource)
    {
        var offset = 0L;
        foreach (var tensor in SafetensorsFile.ReadHeader(file).Where(SafetensorsFile.IsReal))
        {
            if (tensor.Name.IndexOfAny(['\t', '\n', '\r']) >= 0)
            {
                throw new InvalidDataException($"the name of a tensor, '{tensor.Name}', is more than one word");
            }

            var values = SafetensorsFile.ReadValues(file, tensor);
            var layout = LayoutOf(tensor);
            var isSparse = ListedTensor.IsSparse(tensor.Shape, values);
            var data = isSparse || values.Length <= ListedTensor.FewValues ? ListedTensor.Pack(values) : null;
            yield return new ListedTensor(tensor.Name, tensor.Shape, layout.ToString(), isSparse ? null : offset, data);
            if (!isSparse)
            {
                offset += Write(values, layout, resource);
            }
        }
    }

    private static ParameterLayout LayoutOf(FileTensor tensor)
    {
        try
        {
            var layout = tensor.Layout is null ? ParameterLayout.Of(tensor.Shape) : ParameterLayout.Parse(tensor.Layout);
            return layout.Rows * layout.Columns == tensor.Shape.Aggregate(1, (a, b) => a * b) ? layout
                : throw new InvalidDataException($"'{tensor.Name}' has another size than the layout that it should have, {layout}");
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new InvalidDataException($"what it says of the layout of '{tensor.Name}' is no layout: {e.Message}", e);
        }
    }

    private static long Write(float[] values, ParameterLayout layout, Stream resource)
    {
        var stored = new float[layout.Length];
        var position = 0;
        for (var row = 0; row < layout.Rows; row++)
        {
            for (var column = 0; column < layout.Columns; column++)
            {
                stored[layout.Index(row, column)] = values[position++];
            }
        }

        var bytes = new byte[stored.Length * sizeof(float)];
        Buffer.BlockCopy(stored, 0, bytes, 0, bytes.Length);
        resource.Write(bytes, 0, bytes.Length);
        return stored.Length;
    }
}
