using System.Globalization;
using StaticNet.Execution;

namespace StaticNet;

/// <summary>Reads data sets from tables of text: a line for each sample, fields perhaps in double quotes.</summary>
public static class Csv
{
    /// <summary>Loads a table. Numbers have a decimal point, whatever the culture; empty lines are skipped.</summary>
    /// <typeparam name="TInput">The shape of a sample: as many columns as it has values.</typeparam>
    /// <typeparam name="TTarget">The target: one column for a class, or as many as it has values.</typeparam>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="options">How it is written; null for a header, commas, and the target last.</param>
    /// <exception cref="InvalidDataException">
    /// A line has another number of fields than the first, a field is no finite number, a class is unknown, or columns are missing or too
    /// many.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Dataset<TInput, TTarget> Load<TInput, TTarget>(string path, CsvOptions? options = null)
        where TInput : IShape
        where TTarget : ITarget
    {
        options ??= new CsvOptions();
        using var table = new CsvTable(path, options);
        var (inputColumns, targetColumns) = table.Columns(TInput.Size, TTarget.Length);
        var inputs = new List<float>();
        var targets = new List<float>();
        var labels = new List<int>();
        while (table.Next())
        {
            foreach (var column in inputColumns)
            {
                inputs.Add(Number(table, column));
            }

            foreach (var column in targetColumns)
            {
                if (TTarget.Classes > 0)
                {
                    labels.Add(Class(table, column, TTarget.Classes, options.ClassNames));
                }
                else
                {
                    targets.Add(Number(table, column));
                }
            }
        }

        return TTarget.Classes > 0 ? new([.. inputs], labels.ToArray()) : new([.. inputs], targets.ToArray());
    }

    private static float Number(CsvTable table, int column) =>
        float.TryParse(table[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value)
            ? value
            : throw table.Wrong(column, "is no finite number");

    private static int Class(CsvTable table, int column, int classes, IReadOnlyList<string>? names)
    {
        var text = table[column].Trim();
        if (names is not null)
        {
            for (var i = 0; i < Math.Min(classes, names.Count); i++)
            {
                if (names[i] == text)
                {
                    return i;
                }
            }

            throw table.Wrong(column, $"is none of the {classes} classes {string.Join(", ", names)}");
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var label) && (uint)label < (uint)classes
            ? label
            : throw table.Wrong(column, $"is no class index from 0 to {classes - 1}");
    }
}
