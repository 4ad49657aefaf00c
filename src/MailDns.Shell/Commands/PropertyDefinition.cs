using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace MailDns.Shell.Commands;

/// <summary>One element of -Property: a name, a wildcard, a script block, or a hashtable of Name, Expression, Descending.</summary>
internal sealed class PropertyDefinition
{
    private readonly PSPropertyExpression _expression;
    private readonly string? _name;

    private PropertyDefinition(PSPropertyExpression expression, string? name, bool? descending)
    {
        _expression = expression;
        _name = name;
        Descending = descending;
    }

    /// <summary>The order asked for in a hashtable; null: not said.</summary>
    public bool? Descending { get; }

    public static List<PropertyDefinition> ParseAll(IEnumerable<object> properties)
    {
        var definitions = new List<PropertyDefinition>();
        foreach (object property in properties)
            definitions.Add(Parse(property));
        return definitions;
    }

    /// <summary>The properties this element means on one object; a plain name always gives one, with null where it is missing.</summary>
    public IEnumerable<KeyValuePair<string, object?>> GetValues(PSObject target)
    {
        List<PSPropertyExpression> resolved = _expression.Script is null ? _expression.ResolveNames(target) : [_expression];
        if (resolved.Count == 0 && !_expression.HasWildCardCharacters)
        {
            yield return new(_name ?? _expression.ToString(), null);
            yield break;
        }

        foreach (PSPropertyExpression one in resolved)
        {
            List<PSPropertyExpressionResult> results = one.GetValues(target);
            object? value = results.Count == 0 || results[0].Exception is not null ? null : results[0].Result;
            yield return new(_name ?? one.ToString(), value);
        }
    }

    /// <summary>The single value this element has on one object, or null.</summary>
    public object? GetValue(PSObject target)
    {
        foreach (KeyValuePair<string, object?> pair in GetValues(target))
            return pair.Value;
        return null;
    }

    private static PropertyDefinition Parse(object property)
    {
        object plain = property is PSObject wrapped ? wrapped.BaseObject : property;
        return plain switch
        {
            ScriptBlock script => new(new PSPropertyExpression(script), script.ToString().Trim(), null),
            IDictionary table => ParseTable(table),
            _ => new(new PSPropertyExpression(plain.ToString()), null, null),
        };
    }

    private static PropertyDefinition ParseTable(IDictionary table)
    {
        string? name = null;
        object? expression = null;
        bool? descending = null;
        foreach (DictionaryEntry entry in table)
        {
            object? value = entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value;
            switch (entry.Key.ToString()?.ToUpperInvariant())
            {
                case "NAME" or "N" or "LABEL" or "L":
                    name = value?.ToString();
                    break;
                case "EXPRESSION" or "E":
                    expression = value;
                    break;
                case "DESCENDING":
                    descending = LanguagePrimitives.IsTrue(value);
                    break;
                case "ASCENDING":
                    descending = !LanguagePrimitives.IsTrue(value);
                    break;
                default:
                    throw new ArgumentException($"The key '{entry.Key}' is not known here; Name, Expression, Ascending and Descending are.");
            }
        }

        PSPropertyExpression parsed = expression is ScriptBlock script
            ? new PSPropertyExpression(script)
            : new PSPropertyExpression((expression ?? name)?.ToString() ?? throw new ArgumentException("A property hashtable needs an Expression."));
        return new(parsed, name ?? parsed.ToString(), descending);
    }
}
