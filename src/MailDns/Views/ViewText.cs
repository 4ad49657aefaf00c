using System.ComponentModel;
using System.Management.Automation.Host;
using System.Reflection;
using System.Text;
using MailDns.Text;

namespace MailDns;

/// <summary>
/// What the views (module/MailDns.Format.ps1xml) show beyond a property. Takes live objects and what came back from a job, a
/// remote session or Export-Clixml alike. Lines break between words here, because the engine does that in a few languages only.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ViewText
{
    private const int AssumedWidth = 80;
    private const int NarrowestRoom = 20;

    // A plan shows enough of a key to know it by.
    private const int LongestKey = 120;
    private const int ShownOfKey = 60;

    // Words of every view that has colours; the engine knows names of colours from 7.2 on.
    private static readonly Dictionary<string, string> s_colours = new(StringComparer.Ordinal)
    {
        ["Pass"] = "Green", ["Verified"] = "Green", ["Add"] = "Green",
        ["Fail"] = "BrightRed", ["Failed"] = "BrightRed", ["Remove"] = "BrightRed", ["Conflict"] = "BrightRed",
        ["Warning"] = "Yellow", ["Replace"] = "Yellow", ["Applied"] = "Yellow", ["Skipped"] = "Yellow", ["SoftFail"] = "Yellow",
        ["New"] = "BrightRed", ["Due"] = "Yellow", ["Fixed"] = "Green", ["Changed"] = "Yellow",
        ["OwnPassing"] = "Green", ["OwnFragile"] = "Yellow", ["OwnFailing"] = "BrightRed", ["ServiceUnaligned"] = "BrightRed", ["TemporaryError"] = "Magenta",
        ["Ready"] = "Green", ["NotYet"] = "BrightRed", ["NotEnoughEvidence"] = "Yellow",
        ["Unknown"] = "Magenta", ["TempError"] = "Magenta", ["PermError"] = "Magenta",
    };

    private static readonly Type? s_style = typeof(PSObject).Assembly.GetType("System.Management.Automation.PSStyle");

    /// <summary>Text, escaped where it is not printable ASCII.</summary>
    /// <param name="value">What is shown.</param>
    public static string Escape(object? value) => PrintableText.Escape(value?.ToString());

    /// <summary>What a check says now, and what it said before.</summary>
    /// <param name="change">A SendingDomainChange.</param>
    /// <param name="taken">Columns that are taken by what comes before it.</param>
    /// <param name="host">The host, for the width of its window.</param>
    public static string Difference(PSObject change, int taken, PSHost? host)
    {
        string Show(string status, string text) => Escape(change.Properties[status]?.Value) is { Length: > 0 } word ? word + ": " + Escape(change.Properties[text]?.Value) : "no result";
        return Wrap(Show("AfterStatus", "After") + "\nbefore: " + Show("BeforeStatus", "Before"), taken, host);
    }

    /// <summary>Text in lines that end between words.</summary>
    /// <param name="value">What is shown.</param>
    /// <param name="taken">Columns that are taken by what stands before it.</param>
    /// <param name="host">The host, for the width of its window.</param>
    public static string Wrap(object? value, int taken, PSHost? host)
    {
        string text = value?.ToString() ?? string.Empty;
        int room = Math.Max(NarrowestRoom, Width(host) - taken - 1);
        if (text.Length <= room && text.IndexOf('\n') < 0)
            return text;
        var wrapped = new StringBuilder(text.Length + 32);
        foreach (string line in text.Replace("\r", string.Empty).Split('\n'))
        {
            if (wrapped.Length > 0)
                wrapped.Append(Environment.NewLine);
            WrapLine(line, room, wrapped);
        }

        return wrapped.ToString();
    }

    /// <summary>Each item on lines of its own.</summary>
    /// <param name="items">What is shown.</param>
    /// <param name="taken">Columns that are taken by what stands before it.</param>
    /// <param name="host">The host, for the width of its window.</param>
    public static string Lines(object? items, int taken, PSHost? host) => Wrap(Join(Each(items).Select(item => item.ToString() ?? string.Empty)), taken, host);

    /// <summary>Records, one a line: a property of each, its type and its text.</summary>
    /// <param name="records">The records.</param>
    /// <param name="property">The property that stands before the type.</param>
    /// <param name="taken">Columns that are taken by what stands before it.</param>
    /// <param name="host">The host, for the width of its window.</param>
    public static string Records(object? records, string property, int taken, PSHost? host) =>
        Wrap(Join(Each(records).Select(record => Read(record, property) + " " + Read(record, "RecordType") + " " + Escape(record))), taken, host);

    /// <summary>The record of a status, or why there is none to show.</summary>
    /// <param name="record">Its text, or texts.</param>
    /// <param name="findings">The findings of the status.</param>
    /// <param name="taken">Columns that are taken by what stands before it.</param>
    /// <param name="host">The host, for the width of its window.</param>
    public static string RecordOrWhy(object? record, object? findings, int taken, PSHost? host) =>
        Each(record).Any() ? Lines(record, taken, host) : Each(findings).Any(finding => Read(finding, "Status") == "Unknown") ? "(not known)" : "(none)";

    /// <summary>Findings, each on lines of its own.</summary>
    /// <param name="findings">The findings.</param>
    /// <param name="taken">Columns that are taken by what stands before it.</param>
    /// <param name="host">The host, for the width of its window.</param>
    /// <param name="notes">Whether what is for information is shown too.</param>
    public static string Findings(object? findings, int taken, PSHost? host, bool notes = true)
    {
        IEnumerable<string> lines = Each(findings)
            .Where(finding => notes || Read(finding, "Status") != "Info")
            .Select(finding => Read(finding, "Status") + " " + Read(finding, "Id") + ": " + Read(finding, "Message"));
        return Wrap(Join(lines), taken, host);
    }

    /// <summary>Whether a status is as it should be: True, False, Unknown, or that there is no record, in its colour.</summary>
    /// <param name="valid">What the status says.</param>
    /// <param name="findings">Its findings: where one is unknown, a lookup failed.</param>
    /// <param name="host">The host, which may have colours.</param>
    public static string Verdict(object? valid, object? findings, PSHost? host)
    {
        if (valid is not null)
            return Answer(valid, host);
        return Each(findings).Any(finding => Read(finding, "Status") == "Unknown") ? Word("Unknown", host) : "(no record)";
    }

    /// <summary>A word in its colour, where the host has colours.</summary>
    /// <param name="word">The word: a status, an action, a result.</param>
    /// <param name="host">The host.</param>
    public static string Word(object? word, PSHost? host)
    {
        string text = word?.ToString() ?? string.Empty;
        return Paint(text == "NotApplicable" ? "N/A" : text, text, host);
    }

    /// <summary>Yes, no, or unknown where neither is known, in its colour.</summary>
    /// <param name="value">True, false or nothing.</param>
    /// <param name="host">The host.</param>
    public static string Answer(object? value, PSHost? host) =>
        value is null ? Word("Unknown", host) : Paint(value.ToString() ?? string.Empty, LanguagePrimitives.IsTrue(value) ? "Pass" : "Fail", host);

    /// <summary>What a planned change takes away and puts there, and why.</summary>
    /// <param name="change">The change.</param>
    /// <param name="taken">Columns that are taken by what stands before it.</param>
    /// <param name="host">The host, for the width of its window.</param>
    public static string Change(object? change, int taken, PSHost? host)
    {
        if (change is null)
            return string.Empty;
        string action = Read(change, "Action");
        bool key = Read(change, "Purpose") == "Dkim";
        object[] after = Each(Value(change, "After")).ToArray();
        var lines = new List<string>();
        if (action is "Replace" or "Remove" || after.Length == 0)
            lines.AddRange(Each(Value(change, "Before")).Select(record => "- " + Short(record, key)));
        if (action != "Remove")
            lines.AddRange(after.Select(record => (action == "Keep" ? "= " : "+ ") + Short(record, key)));
        lines.AddRange(Each(Value(change, "Reason")).Concat(Each(Value(change, "Warning"))).Select(Escape).Where(line => line.Length > 0));
        return Wrap(Join(lines), taken, host);
    }

    private static string Short(object record, bool key)
    {
        string text = Escape(record);
        return key && text.Length > LongestKey ? string.Format(CultureInfo.InvariantCulture, "{0}... ({1} characters)", text.Substring(0, ShownOfKey), text.Length) : text;
    }

    private static void WrapLine(string line, int room, StringBuilder wrapped)
    {
        int start = 0;
        while (line.Length - start > room)
        {
            // A space behind the last word that fits; a word that fits on no line is cut where this one ends.
            int cut = line.LastIndexOf(' ', start + room, room);
            int next = line.IndexOf(' ', start + room);
            bool isLong = (next < 0 ? line.Length : next) - cut - 1 > room;
            if (cut <= start || isLong || line.Substring(start, cut - start).Trim().Length == 0)
                cut = start + room;
            wrapped.Append(line.Substring(start, cut - start).TrimEnd()).Append(Environment.NewLine);
            start = cut;
            while (start < line.Length && line[start] == ' ')
                start++;
        }

        wrapped.Append(line, start, line.Length - start);
    }

    private static string Paint(string text, string word, PSHost? host)
    {
        if (s_style is null || host?.UI is not { SupportsVirtualTerminal: true } || !s_colours.TryGetValue(word, out string? colour))
            return text;
        object? style = s_style.GetProperty("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null);
        object? foreground = style?.GetType().GetProperty("Foreground")?.GetValue(style);
        return foreground?.GetType().GetProperty(colour)?.GetValue(foreground) + text + style?.GetType().GetProperty("Reset")?.GetValue(style);
    }

    private static int Width(PSHost? host)
    {
        try
        {
            return host?.UI?.RawUI?.BufferSize.Width is int width && width > 0 ? width : AssumedWidth;
        }
        catch (Exception exception) when (exception is HostException or NotImplementedException or InvalidOperationException or System.IO.IOException)
        {
            // a host without a window
            return AssumedWidth;
        }
    }

    private static IEnumerable<object> Each(object? items)
    {
        if (items is null)
            return [];
        return LanguagePrimitives.GetEnumerable(items) is { } several ? several.Cast<object?>().OfType<object>() : [items];
    }

    private static string Join(IEnumerable<string> lines) => string.Join("\n", lines);

    private static string Read(object item, string property) => Value(item, property)?.ToString() ?? string.Empty;

    private static object? Value(object item, string property) => PSObject.AsPSObject(item).Properties[property]?.Value;
}
