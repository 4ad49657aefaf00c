using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace MailDns.Shell.Commands;

/// <summary>Get-Member: -Name, -MemberType; one list for each type that comes by.</summary>
[Cmdlet(VerbsCommon.Get, "Member")]
internal sealed class GetMemberCommand : PSCmdlet
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    [Parameter]
    [Alias("Type")]
    public PSMemberTypes MemberType { get; set; } = PSMemberTypes.All;

    protected override void ProcessRecord()
    {
        if (InputObject is null || !_seen.Add(InputObject.TypeNames[0]))
            return;
        var members = new List<PSMemberInfo>();
        foreach (PSMemberInfo member in InputObject.Members)
        {
            if (MemberType.HasFlag(member.MemberType) && Wanted(member.Name))
                members.Add(member);
        }

        members.Sort((left, right) => string.Compare(left.Name, right.Name, StringComparison.OrdinalIgnoreCase));
        foreach (PSMemberInfo member in members)
            WriteObject(Describe(member, InputObject.TypeNames[0]));
    }

    private static PSObject Describe(PSMemberInfo member, string typeName)
    {
        var result = new PSObject();
        result.Properties.Add(new PSNoteProperty("TypeName", typeName));
        result.Properties.Add(new PSNoteProperty("Name", member.Name));
        result.Properties.Add(new PSNoteProperty("MemberType", member.MemberType));
        result.Properties.Add(new PSNoteProperty("Definition", member.ToString()));
        return result;
    }

    private bool Wanted(string member)
    {
        foreach (string pattern in Name)
        {
            if (WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(member))
                return true;
        }

        return false;
    }
}
