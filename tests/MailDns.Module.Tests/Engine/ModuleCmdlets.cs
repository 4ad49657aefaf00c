using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace MailDns.Module.Tests.Engine;

/// <summary>The cmdlet classes of the imported assembly, exported or not.</summary>
internal sealed record ModuleCmdlets(string Name, System.Type Type, CmdletAttribute Attribute)
{
    public static IReadOnlyList<ModuleCmdlets> All(EngineFixture engine)
    {
        var any = (CmdletInfo)engine.Invoke("Get-Command Get-SendingDomainCheck").Single().BaseObject;
        return [.. any.ImplementingType.Assembly.GetTypes()
            .Select(type => (type, attribute: type.GetCustomAttribute<CmdletAttribute>()))
            .Where(pair => pair.attribute is not null)
            .Select(pair => new ModuleCmdlets(pair.attribute!.VerbName + "-" + pair.attribute.NounName, pair.type, pair.attribute))
            .OrderBy(cmdlet => cmdlet.Name, System.StringComparer.Ordinal)];
    }
}
