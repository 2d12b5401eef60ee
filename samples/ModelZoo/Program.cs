using System.Globalization;
using ModelZoo;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is [])
{
    Console.WriteLine($"{"network",-20}{"parameters",14}{"multiply-adds",18}{"bytes",16}{"of them arena",16}{"workspace",14}{"each thread",14}");
    foreach (var model in Model.All)
    {
        Console.WriteLine(
            $"{model.Name,-20}{model.Parameters,14:N0}{model.MultiplyAdds,18:N0}{model.InferenceBytes,16:N0}"
            + $"{model.ArenaBytes,16:N0}{model.WorkspaceBytes,14:N0}{model.ThreadBytes,14:N0}");
    }

    return 0;
}

if (args is [var name] && Model.All.FirstOrDefault(model => model.Name == name) is { } chosen)
{
    Console.WriteLine(chosen.Summary);
    return 0;
}

Console.Error.WriteLine($"""
    dotnet run --project samples/ModelZoo -- [NETWORK]

    Prints what each network has and takes, or the layers of one of them:
    {string.Join(", ", Model.All.Select(model => model.Name))}.
    """);
return args is ["--help" or "-h"] ? 0 : 2;
