using System;
using MailDns.Resolver.Tests.Support;
using MailDns.TestSupport;

namespace MailDns.Integration.Tests.Servers;

/// <summary>One name server of the system for all tests of a class; null where none is installed.</summary>
public sealed class RealServerFixture : IDisposable
{
    public RealDnsServer? Server { get; } = RealDnsServer.TryStart(ResolverZone.Create().ToZoneText());

    public void Dispose() => Server?.Dispose();
}
