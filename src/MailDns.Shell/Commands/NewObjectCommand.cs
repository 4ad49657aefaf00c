using System;
using System.Collections;
using System.Management.Automation;

namespace MailDns.Shell.Commands;

/// <summary>New-Object: -TypeName, -ArgumentList, -Property.</summary>
[Cmdlet(VerbsCommon.New, "Object")]
internal sealed class NewObjectCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string TypeName { get; set; } = string.Empty;

    [Parameter(Position = 1)]
    [Alias("Args")]
    public object?[] ArgumentList { get; set; } = [];

    [Parameter]
    public IDictionary? Property { get; set; }

    protected override void ProcessRecord()
    {
        PSObject result = Create();
        if (Property is not null)
        {
            foreach (DictionaryEntry entry in Property)
            {
                string name = entry.Key.ToString() ?? string.Empty;
                if (result.Properties[name] is { } property)
                    property.Value = entry.Value;
                else
                    result.Properties.Add(new PSNoteProperty(name, entry.Value));
            }
        }

        WriteObject(result);
    }

    private PSObject Create()
    {
        if (!LanguagePrimitives.TryConvertTo(TypeName, out Type type))
        {
            ThrowTerminatingError(new ErrorRecord(
                new PSArgumentException($"Cannot find type [{TypeName}]."), "TypeNotFound", ErrorCategory.InvalidType, TypeName));
        }

        if (type == typeof(PSObject) || type == typeof(PSCustomObject))
            return new PSObject();

        // The language's own [type]::new() picks the constructor and converts the arguments.
        ScriptBlock construct = ScriptBlock.Create("param([type]$type, [object[]]$list) , $type::new.Invoke($list)");
        return PSObject.AsPSObject(construct.Invoke(type, ArgumentList)[0].BaseObject);
    }
}
