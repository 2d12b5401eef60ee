using System.Collections;
using System.Reflection;

namespace StaticNet.Generators.Tests.Harness;

/// <summary>Everything that an object holds on to.</summary>
internal static class ObjectGraph
{
    /// <summary>Visits an object and all that its fields and elements reach, each once.</summary>
    public static void Visit(object root, Action<object> visit)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Stack<object> open = new([root]);
        while (open.TryPop(out var current))
        {
            var type = current.GetType();
            if (type.IsPrimitive || type.IsEnum || type == typeof(string) || !seen.Add(current))
            {
                continue;
            }

            visit(current);
            if (current is IEnumerable elements and Array)
            {
                PushAll(open, elements.Cast<object?>());
            }

            for (var declaring = type; declaring is not null; declaring = declaring.BaseType)
            {
                const BindingFlags all = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
                PushAll(open, declaring.GetFields(all).Select(field => field.GetValue(current)));
            }
        }
    }

    private static void PushAll(Stack<object> open, IEnumerable<object?> values)
    {
        foreach (var value in values)
        {
            if (value is not null)
            {
                open.Push(value);
            }
        }
    }
}
