using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;

namespace MailDns.Shell.Commands;

/// <summary>What Group-Object gives: the objects that share the values.</summary>
public sealed class ObjectGroup
{
    internal ObjectGroup(IList<object?> values)
    {
        Values = new Collection<object?>(values);
    }

    /// <summary>How many objects there are.</summary>
    public int Count { get; private set; }

    /// <summary>The values as text, joined by commas.</summary>
    public string Name => string.Join(", ", Values);

    /// <summary>The objects.</summary>
    public Collection<PSObject> Group { get; } = [];

    /// <summary>The values that they share.</summary>
    public Collection<object?> Values { get; }

    internal void Add(PSObject item, bool keep)
    {
        Count++;
        if (keep)
            Group.Add(item);
    }
}
