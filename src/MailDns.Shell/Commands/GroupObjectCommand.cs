using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;

namespace MailDns.Shell.Commands;

/// <summary>Group-Object: -Property, -NoElement. Groups come in order of their names.</summary>
[Cmdlet(VerbsData.Group, "Object")]
internal sealed class GroupObjectCommand : PSCmdlet
{
    private readonly List<ObjectGroup> _groups = [];
    private List<PropertyDefinition> _properties = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter NoElement { get; set; }

    protected override void BeginProcessing()
    {
        if (Property is not null)
            _properties = PropertyDefinition.ParseAll(Property);
    }

    protected override void ProcessRecord()
    {
        if (InputObject is null)
            return;
        PSObject input = InputObject;
        List<object?> values = _properties.Count == 0 ? [input] : _properties.ConvertAll(property => property.GetValue(input));
        ObjectGroup? group = _groups.Find(candidate => SameValues(candidate.Values, values));
        if (group is null)
        {
            group = new ObjectGroup(values);
            _groups.Add(group);
        }

        group.Add(input, !NoElement);
    }

    protected override void EndProcessing()
    {
        _groups.Sort((left, right) => ObjectComparer.Compare(left.Name, right.Name));
        WriteObject(_groups, enumerateCollection: true);
    }

    private static bool SameValues(Collection<object?> left, List<object?> right)
    {
        for (int i = 0; i < right.Count; i++)
        {
            if (ObjectComparer.Compare(left[i], right[i]) != 0)
                return false;
        }

        return true;
    }
}
