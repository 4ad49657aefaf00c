using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MailDns.Shell.Commands;

/// <summary>ConvertTo-Json: -Depth, -Compress, -AsArray, -EnumsAsStrings.</summary>
[Cmdlet(VerbsData.ConvertTo, "Json")]
[OutputType(typeof(string))]
internal sealed class ConvertToJsonCommand : PSCmdlet
{
    private readonly List<object?> _items = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    [Parameter]
    [ValidateRange(0, 100)]
    public int Depth { get; set; } = 2;

    [Parameter]
    public SwitchParameter Compress { get; set; }

    [Parameter]
    public SwitchParameter AsArray { get; set; }

    [Parameter]
    public SwitchParameter EnumsAsStrings { get; set; }

    protected override void ProcessRecord()
    {
        _items.Add(InputObject);
    }

    protected override void EndProcessing()
    {
        if (_items.Count == 0)
            return;
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Indented = !Compress, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(stream, options))
        {
            object? root = _items.Count == 1 && !AsArray ? _items[0] : _items;
            var json = new JsonObjectWriter(writer, Depth, EnumsAsStrings);
            json.Write(root, level: 0);
            if (json.Truncated)
                WriteWarning($"Resulting JSON is truncated as serialization has exceeded the set depth of {Depth}.");
        }

        WriteObject(Encoding.UTF8.GetString(stream.ToArray()));
    }
}
