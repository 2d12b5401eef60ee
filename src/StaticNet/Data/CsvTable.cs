using System.Globalization;
using System.Text;

namespace StaticNet.Execution;

/// <summary>Reads a table of text line by line.</summary>
internal sealed class CsvTable : IDisposable
{
    private readonly string _path;
    private readonly CsvOptions _options;
    private readonly StreamReader _reader;
    private readonly List<string> _fields = [];
    private readonly List<string> _names = [];
    private bool _isRead;
    private int _line;

    public CsvTable(string path, CsvOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (_path, _options, _reader) = (path, options, new StreamReader(path, Encoding.UTF8));
        if (!Read())
        {
            _reader.Dispose();
            throw new InvalidDataException($"{path} is empty.");
        }

        _names.AddRange(options.HasHeader
            ? _fields.Select(name => name.Trim())
            : Enumerable.Range(0, _fields.Count).Select(number => number.ToString(CultureInfo.InvariantCulture)));
        _isRead = !options.HasHeader;
    }

    /// <summary>A field of the current line.</summary>
    public string this[int column] => _fields[column];

    /// <summary>The places of the input's and the target's columns.</summary>
    public (int[] Inputs, int[] Targets) Columns(int inputs, int targets)
    {
        var target = _options.TargetColumns is { } names
            ? Find(names)
            : [.. Enumerable.Range(Math.Max(0, _names.Count - targets), Math.Min(targets, _names.Count))];
        var input = _options.InputColumns is { } others ? Find(others) : [.. Enumerable.Range(0, _names.Count).Except(target)];
        RequireCount("the target", target.Length, targets);
        RequireCount("the input", input.Length, inputs);
        return (input, target);
    }

    /// <summary>Goes to the next line; false at the end.</summary>
    /// <exception cref="InvalidDataException">It has another number of fields than the first.</exception>
    public bool Next()
    {
        if (_isRead)
        {
            _isRead = false;
            return true;
        }

        if (!Read())
        {
            return false;
        }

        return _fields.Count == _names.Count
            ? true
            : throw new InvalidDataException($"{_path}, line {_line}: {_fields.Count} fields where {_names.Count} should be.");
    }

    /// <summary>An exception that says what a field of the current line is.</summary>
    public InvalidDataException Wrong(int column, string what) =>
        new($"{_path}, line {_line}, column '{_names[column]}': '{_fields[column]}' {what}.");

    public void Dispose() => _reader.Dispose();

    private int[] Find(IReadOnlyList<string> names) =>
        [.. names.Select(name => _names.IndexOf(name) is var index and >= 0
            ? index
            : throw new InvalidDataException(
                $"{_path} has no column '{name}'; it has {string.Join(", ", _names.Select(known => $"'{known}'"))}."))];

    private void RequireCount(string what, int found, int needed)
    {
        if (found != needed)
        {
            throw new InvalidDataException($"{_path} has {_names.Count} columns, {found} of them for {what}, which needs {needed}.");
        }
    }

    private bool Read()
    {
        string? line;
        do
        {
            line = _reader.ReadLine();
            _line++;
        }
        while (line is not null && string.IsNullOrWhiteSpace(line));

        if (line is null)
        {
            return false;
        }

        Split(line);
        return true;
    }

    private void Split(string line)
    {
        _fields.Clear();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                // Two quotes within a quoted field are one that belongs to it.
                if (quoted && i + 1 < line.Length && line[i + 1] == '"')
                {
                    field.Append(line[i++]);
                }
                else
                {
                    quoted = !quoted;
                }
            }
            else if (line[i] == _options.Separator && !quoted)
            {
                _fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }

        if (quoted)
        {
            throw new InvalidDataException($"{_path}, line {_line}: a quote is opened but not closed.");
        }

        _fields.Add(field.ToString());
    }
}
