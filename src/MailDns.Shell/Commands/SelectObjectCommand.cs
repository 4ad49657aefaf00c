using System;
using System.Collections.Generic;
using System.Management.Automation;
using MailDns.Shell.Hosting;

namespace MailDns.Shell.Commands;

/// <summary>Select-Object: -Property, -ExpandProperty, -First, -Last, -Skip, -Unique.</summary>
[Cmdlet(VerbsCommon.Select, "Object")]
internal sealed class SelectObjectCommand : PSCmdlet
{
    private readonly Queue<PSObject> _last = new();
    private readonly List<PSObject> _seen = [];
    private List<PropertyDefinition>? _properties;
    private int _skipped;
    private int _taken;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public string? ExpandProperty { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; } = -1;

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Last { get; set; } = -1;

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    protected override void BeginProcessing()
    {
        _properties = Property is null ? null : PropertyDefinition.ParseAll(Property);
        if (First == 0 && Last < 0)
            throw EngineInternals.StopUpstream(this);
    }

    protected override void ProcessRecord()
    {
        if (InputObject is null)
            return;
        if (Last >= 0)
        {
            _last.Enqueue(InputObject);
            if (_last.Count > Last + Skip)
                _last.Dequeue();
            return;
        }

        if (_skipped < Skip)
        {
            _skipped++;
            return;
        }

        Emit(InputObject);
        _taken++;
        if (_taken == First)
            throw EngineInternals.StopUpstream(this);
    }

    protected override void EndProcessing()
    {
        // With -Last, -Skip leaves out objects at the end.
        while (_last.Count > Skip)
            Emit(_last.Dequeue());
    }

    private void Emit(PSObject input)
    {
        PSObject selected = _properties is null ? input : Project(input, _properties);
        if (ExpandProperty is null)
        {
            Write(selected);
            return;
        }

        PSPropertyInfo? property = input.Properties[ExpandProperty];
        if (property is null)
        {
            var exception = new ArgumentException($"There is no property '{ExpandProperty}'.");
            WriteError(new ErrorRecord(exception, "ExpandPropertyNotFound", ErrorCategory.InvalidArgument, input));
            return;
        }

        foreach (object? item in LanguagePrimitives.GetEnumerable(property.Value) ?? new[] { property.Value })
        {
            if (item is not null)
                Write(PSObject.AsPSObject(item));
        }
    }

    private static PSObject Project(PSObject input, List<PropertyDefinition> properties)
    {
        var result = new PSObject();
        foreach (PropertyDefinition definition in properties)
        {
            foreach (KeyValuePair<string, object?> pair in definition.GetValues(input))
            {
                if (result.Properties[pair.Key] is null)
                    result.Properties.Add(new PSNoteProperty(pair.Key, pair.Value));
            }
        }

        result.TypeNames.Insert(0, "Selected." + input.TypeNames[0]);
        return result;
    }

    private void Write(PSObject item)
    {
        if (Unique)
        {
            if (_seen.Exists(other => ObjectComparer.Same(other, item)))
                return;
            _seen.Add(item);
        }

        WriteObject(item);
    }
}
