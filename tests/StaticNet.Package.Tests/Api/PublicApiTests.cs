using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace StaticNet.Package.Tests.Api;

/// <summary>
/// The public members of the library, as they were approved. When they change, the tests write <c>.received.txt</c> beside the approved files:
/// <c>mv PublicAPI.received.txt PublicAPI.approved.txt</c> approves.
/// </summary>
public sealed class PublicApiTests
{
    private static readonly Type[] Types = typeof(NetworkAttribute).Assembly.GetExportedTypes();

    [Fact]
    public Task What_users_name_is_as_approved() => Verify("PublicAPI", Types.Where(type => !IsHidden(type)));

    /// <summary>
    /// Editors do not offer these, and pages do not mention them, but what the generator has written into assemblies that exist calls them:
    /// a change breaks libraries that were built with an earlier version.
    /// </summary>
    [Fact]
    public Task What_generated_code_calls_is_as_approved() => Verify("GeneratedAPI", Types.Where(IsHidden));

    [Fact]
    public void Everything_that_users_name_is_in_one_namespace() =>
        Assert.Equal([], Types.Where(type => !IsHidden(type) && type.Namespace != nameof(StaticNet)).Select(type => type.FullName));

    private static bool IsHidden(Type type) =>
        type.GetCustomAttribute<EditorBrowsableAttribute>()?.State == EditorBrowsableState.Never
        || (type.DeclaringType is { } outer && IsHidden(outer));

    private static async Task Verify(string name, IEnumerable<Type> types, [CallerFilePath] string path = "")
    {
        var stem = Path.Combine(Path.GetDirectoryName(path)!, name);
        var (approved, received) = ($"{stem}.approved.txt", $"{stem}.received.txt");
        var actual = ApiText.Of(types);
        var expected = File.Exists(approved) ? (await File.ReadAllTextAsync(approved)).ReplaceLineEndings("\n") : "";
        if (actual == expected)
        {
            File.Delete(received);
            return;
        }

        await File.WriteAllTextAsync(received, actual, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var (before, after) = (expected.Split('\n').ToHashSet(), actual.Split('\n').ToHashSet());
        var changes = before.Except(after).Select(line => $"- {line}").Concat(after.Except(before).Select(line => $"+ {line}"));
        Assert.Fail($"The public members have changed. If they should: mv {received} {approved}\n{string.Join('\n', changes)}");
    }
}
