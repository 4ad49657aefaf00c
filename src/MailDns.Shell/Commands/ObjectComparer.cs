using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;

namespace MailDns.Shell.Commands;

/// <summary>The engine's idea of equal and less, with text as a way out for things that have no order.</summary>
internal static class ObjectComparer
{
    public static int Compare(object? left, object? right)
    {
        object? x = left is PSObject px ? px.BaseObject : left;
        object? y = right is PSObject py ? py.BaseObject : right;
        return LanguagePrimitives.TryCompare(x, y, ignoreCase: true, CultureInfo.InvariantCulture, out int order)
            ? order
            : string.Compare(x?.ToString(), y?.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Equal values, or objects made of properties that are all equal. Case counts, as in Select-Object -Unique.</summary>
    public static bool Same(PSObject left, PSObject right)
    {
        if (left.BaseObject is not PSCustomObject || right.BaseObject is not PSCustomObject)
            return LanguagePrimitives.Equals(left.BaseObject, right.BaseObject, ignoreCase: false, CultureInfo.InvariantCulture);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (PSPropertyInfo property in left.Properties)
            names.Add(property.Name);
        foreach (PSPropertyInfo property in right.Properties)
            names.Add(property.Name);
        foreach (string name in names)
        {
            object? x = left.Properties[name]?.Value;
            object? y = right.Properties[name]?.Value;
            if (!LanguagePrimitives.Equals(x, y, ignoreCase: false, CultureInfo.InvariantCulture))
                return false;
        }

        return true;
    }
}
