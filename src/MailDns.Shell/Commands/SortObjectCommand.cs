using System.Collections.Generic;
using System.Management.Automation;

namespace MailDns.Shell.Commands;

/// <summary>Sort-Object: -Property, -Descending, -Unique. The sort is stable.</summary>
[Cmdlet("Sort", "Object")]
internal sealed class SortObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _items = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter Descending { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
            _items.Add(InputObject);
    }

    protected override void EndProcessing()
    {
        List<PropertyDefinition> properties = Property is null ? [] : PropertyDefinition.ParseAll(Property);
        var keyed = new List<KeyedItem>(_items.Count);
        foreach (PSObject item in _items)
            keyed.Add(new KeyedItem(item, Keys(item, properties), keyed.Count));
        keyed.Sort((left, right) =>
        {
            int order = CompareKeys(left, right, properties);
            return order != 0 ? order : left.Index.CompareTo(right.Index);
        });

        KeyedItem? previous = null;
        foreach (KeyedItem item in keyed)
        {
            if (!Unique || previous is null || CompareKeys(previous, item, properties) != 0)
                WriteObject(item.Item);
            previous = item;
        }
    }

    private static object?[] Keys(PSObject item, List<PropertyDefinition> properties)
    {
        return properties.Count == 0 ? [item] : properties.ConvertAll(property => property.GetValue(item)).ToArray();
    }

    private int CompareKeys(KeyedItem left, KeyedItem right, List<PropertyDefinition> properties)
    {
        for (int i = 0; i < left.Keys.Length; i++)
        {
            int order = ObjectComparer.Compare(left.Keys[i], right.Keys[i]);
            if (order == 0)
                continue;
            bool descending = i < properties.Count && properties[i].Descending is { } own ? own : Descending.IsPresent;
            return descending ? -order : order;
        }

        return 0;
    }

    private sealed record KeyedItem(PSObject Item, object?[] Keys, int Index);
}
