using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace MailDns.Resolver.Pooled;

/// <summary>
/// The servers that the system asks, as DnsClient knows them. Only who names no server needs that library, so it is loaded
/// here and not before: from beside this assembly, since the runtime would take another module's copy first.
/// </summary>
internal static class SystemServers
{
    public static IReadOnlyList<IPEndPoint> Find()
    {
        Assembly assembly = typeof(SystemServers).Assembly;
        AssemblyLoadContext? context = AssemblyLoadContext.GetLoadContext(assembly);
        if (context is not null && context != AssemblyLoadContext.Default)
        {
            context.LoadFromAssemblyPath(Path.Combine(Path.GetDirectoryName(assembly.Location)!, "DnsClient.dll"));
        }

        return Ask();
    }

    // Compiled only when it is called, which is when the library is there.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IReadOnlyList<IPEndPoint> Ask() => new DnsClientExchange().FindSystemServers();
}
